package logout.exercises.check;

/** Checks one exercise and tells the learner in a few lines how it went. */
public final class CheckExercise {

    private CheckExercise() {}

    /** Takes the exercise's number. Ends with 0 where it is solved, 1 where it is not, 2 where there is none. */
    public static void main(String[] arguments) {
        ShortTraces.print();
        System.exit(run(arguments[0]));
    }

    private static int run(String number) {
        Exercise<?> exercise = Exercises.find(number);
        return exercise == null ? 2 : run(exercise);
    }

    private static int run(Exercise<?> exercise) {
        try {
            exercise.tryStartingPoint();
        } catch (LeftBehind e) {
            System.out.printf("%n%s: not yet.%n%n", exercise.title());
            System.out.printf("  %s%n%n", e.getMessage());
            System.out.printf("  edit  %s%n  read  %s%n%n", exercise.path(), exercise.page());
            return 1;
        }
        System.out.printf("%n%s: solved.%n%n", exercise.title());
        System.out.printf("  next  %s%n%n", next(exercise));
        return 0;
    }

    private static String next(Exercise<?> exercise) {
        int index = exercise.number(); // the first has number 1 and index 0
        return index < Exercises.ALL.size() ? Exercises.ALL.get(index).page() : "that was the last one";
    }
}
