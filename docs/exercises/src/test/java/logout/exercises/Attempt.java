package logout.exercises;

import logout.exercises.check.Exercise;

/**
 * An answer to an exercise, and what its check must say of it.
 *
 * @param what the answer in a few words
 * @param answer stands in for what the learner edits
 * @param sentence part of what the check says; null where the answer is right
 */
record Attempt<T>(Exercise<T> exercise, String what, T answer, String sentence) {

    static <T> Attempt<T> right(Exercise<T> exercise, String what, T answer) {
        return new Attempt<>(exercise, what, answer, null);
    }

    static <T> Attempt<T> wrong(Exercise<T> exercise, String what, T answer, String sentence) {
        return new Attempt<>(exercise, what, answer, sentence);
    }

    /** Has the check try it. */
    void check() {
        exercise.tryOut(answer);
    }

    @Override
    public String toString() {
        return exercise + ": " + what;
    }
}
