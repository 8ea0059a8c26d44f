package logout.exercises.check;

import java.util.List;

/** The goal of an exercise is not reached. Each sentence says to the learner what is not yet so; the message is the first. */
public final class LeftBehind extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient List<String> sentences;

    private LeftBehind(List<String> sentences, Throwable cause) {
        super(sentences.get(0), cause);
        this.sentences = sentences;
    }

    /** Ends the check if this is so. */
    static void when(boolean isSo, String sentence, Object... values) {
        if (isSo) {
            throw new LeftBehind(List.of(sentence.formatted(values)), null);
        }
    }

    /** Ends the check if there is anything in this list. */
    static void whenAny(List<String> sentences) {
        if (!sentences.isEmpty()) {
            throw new LeftBehind(List.copyOf(sentences), null);
        }
    }

    /** The check met something that it has no sentence for: a server that does not start, a reply that makes no sense. */
    static LeftBehind beforeTheEnd(Throwable cause) {
        return new LeftBehind(List.of("The check did not come to its end: " + cause.getMessage()), cause);
    }

    /** All that is not yet so, beginning with what to look at first. */
    public List<String> sentences() {
        return sentences;
    }
}
