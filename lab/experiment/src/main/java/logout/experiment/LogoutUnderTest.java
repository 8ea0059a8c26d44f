package logout.experiment;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What the experiment is done on: one logout of an app, how the app is spoken to, and where its rows are. */
public interface LogoutUnderTest {

    /** What it is called in a heading, before its logout. */
    String name();

    /** What its logout does, in a few words. */
    String effect();

    /** The address of the app's home page. */
    URI address();

    /** The name of the session cookie. */
    String cookieName();

    /** What the app's pages send. */
    PageProtocol protocol();

    /** The logout. */
    Call logout();

    /** Who logs in. */
    String user();

    /** The password of {@link #user}. */
    String password();

    /** How long a visitor waits for a reply. */
    default Duration timeout() {
        return HttpUser.TIMEOUT;
    }

    /** The {@code User-Agent} of those who visit it. */
    String agent();

    /**
     * What the session store holds of a session, or null.
     *
     * @param cookie the value of the session cookie; null finds nothing
     * @throws IOException where the store cannot be read; the message says so
     */
    StoredSession session(String cookie) throws IOException;

    /**
     * Whether the logout that was sent with this cookie lost the deletion that its route had asked for, as far as the app's
     * side tells.
     */
    default boolean deletionWasOverwritten(String cookie) {
        return false;
    }

    /** Ends a session that a visitor has left. */
    void end(String cookie);
}
