package logout.app;

/** A program or a server cannot start; the message is one line for the person who started it. */
public class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
