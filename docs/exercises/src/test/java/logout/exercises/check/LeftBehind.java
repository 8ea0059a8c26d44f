package logout.exercises.check;

/** The goal of an exercise is not reached. The message is one sentence for the learner: what is still left behind. */
public final class LeftBehind extends AssertionError {
    private static final long serialVersionUID = 1L;

    private LeftBehind(String sentence) {
        super(sentence);
    }

    /** Ends the check if this is so. */
    static void when(boolean isSo, String sentence, Object... values) {
        if (isSo) {
            throw new LeftBehind(sentence.formatted(values));
        }
    }
}
