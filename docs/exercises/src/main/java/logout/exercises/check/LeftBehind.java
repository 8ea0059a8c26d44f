package logout.exercises.check;

/** The goal of an exercise is not reached. The message is one sentence for the learner: what is still left behind. */
public final class LeftBehind extends AssertionError {
    private static final long serialVersionUID = 1L;

    private LeftBehind(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Ends the check if this is so. */
    static void when(boolean isSo, String sentence, Object... values) {
        if (isSo) {
            throw new LeftBehind(sentence.formatted(values), null);
        }
    }

    /** The check met something that it has no sentence for: a server that does not start, a reply that makes no sense. */
    static LeftBehind beforeTheEnd(Throwable cause) {
        return new LeftBehind("The check did not come to its end: " + cause, cause);
    }
}
