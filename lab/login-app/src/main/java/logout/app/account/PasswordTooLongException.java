package logout.app.account;

/** A password that bcrypt would cut: refused, so that no two passwords are taken for the same. */
public final class PasswordTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PasswordTooLongException() {
        super("A password has at most " + Accounts.MAX_PASSWORD_BYTES + " bytes.");
    }
}
