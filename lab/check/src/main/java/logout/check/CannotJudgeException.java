package logout.check;

/** The app could not be judged; the message is one sentence that says why, and what to do. It holds no secret. */
final class CannotJudgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotJudgeException(String message) {
        super(message);
    }
}
