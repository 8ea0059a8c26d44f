package logout.exercises;

import org.eclipse.jetty.server.session.DefaultSessionCache;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;

/** Exercise 10: two servers share the session store, and each trusts its memory more. */
public final class TwoServers {
    // tag::exercise[]
    /** What a server keeps in memory of the sessions in the store. Both servers use it. */
    public static SessionCache cache(SessionHandler sessions) {
        return new DefaultSessionCache(sessions);
    }
    // end::exercise[]
}
