package logout.express;

/** Express cannot be run here; the message is one line that says why, and what to do. */
public final class ExpressUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressUnavailableException(String message) {
        super(message);
    }
}
