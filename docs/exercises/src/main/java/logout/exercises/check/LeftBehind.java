package logout.exercises.check;

import java.util.List;

/** The goal of an exercise is not reached. */
final class LeftBehind extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is not yet so, as the learner is told, the first thing first. */
    final transient List<String> sentences;

    private LeftBehind(List<String> sentences) {
        this.sentences = sentences;
    }

    /** Ends the check if this is so. */
    static void when(boolean isSo, String sentence, Object... values) {
        whenAny(isSo ? List.of(sentence.formatted(values)) : List.of());
    }

    /** Ends the check if there is anything in this list. */
    static void whenAny(List<String> sentences) {
        if (!sentences.isEmpty()) {
            throw new LeftBehind(sentences);
        }
    }
}
