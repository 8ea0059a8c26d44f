package logout.check;

import java.util.Locale;
import java.util.ResourceBundle;

/** The app could not be judged; the message says why, and what to do. It holds no secret. */
final class CannotJudgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final ResourceBundle SENTENCES = ResourceBundle.getBundle("logout.check.refusals", Locale.ROOT);

    /** With one of the sentences of refusals.properties, and with what it names. */
    CannotJudgeException(String key, Object... named) {
        super(String.format(SENTENCES.getString(key), named));
    }

    /** Refuses to go on unless something holds. */
    static void unless(boolean holds, String key, Object... named) {
        if (!holds) {
            throw new CannotJudgeException(key, named);
        }
    }
}
