package logout.app.session;

import spark.Request;
import spark.Session;

/**
 * What the app keeps in a session, and the two moments at which the session's id changes.
 *
 * <p>Only {@link #logIn} ever creates a session for someone who has none. Everything else asks for
 * {@code request.session(false)}: plain {@code request.session()} would create a session, its
 * cookie and its row for every passer-by.
 */
public final class Sessions {

    public static final String USER = "user";
    public static final String NOTE = "note";

    private Sessions() {}

    // tag::log-in[]
    /**
     * Logs the user in, in an empty session under a new id.
     *
     * <p>An id from before the login may be known to someone else (session fixation), and a note
     * from before it may be someone else's: neither lives on.
     */
    public static void logIn(Request request, String user) {
        Session before = request.session(false);
        if (before != null) {
            before.invalidate();
        }
        request.session(true).attribute(USER, user);
    }
    // end::log-in[]

    /**
     * Renews the session: the old row goes, with the user and all else in it, and an empty session
     * begins under a new id. Without a session there is nothing to renew.
     *
     * <p>This is what Passport's {@code req.logout} has done since version 0.6.
     */
    public static void renew(Request request) {
        Session session = request.session(false);
        if (session != null) {
            session.invalidate();
            request.session(true);
        }
    }

    /** The name of the user who is logged in, or null. */
    public static String user(Request request) {
        return attribute(request, USER);
    }

    public static String note(Request request) {
        return attribute(request, NOTE);
    }

    private static String attribute(Request request, String name) {
        Session session = request.session(false);
        return session == null ? null : session.attribute(name);
    }
}
