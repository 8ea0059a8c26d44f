package logout.exercises.solutions;

import org.eclipse.jetty.server.session.NullSessionCache;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;

/** Exercise 10, solved: no memory, no disagreement. */
public final class TwoServers {
    // tag::solution[]
    /** What a server keeps in memory of the sessions in the store. Both servers use it. */
    public static SessionCache cache(SessionHandler sessions) {
        return new NullSessionCache(sessions);
    }
    // end::solution[]
}
