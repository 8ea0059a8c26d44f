package logout.app.server;

import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.servlet.ServletException;
import javax.servlet.SessionTrackingMode;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.app.SessionCookie;
import logout.app.session.Database;
import logout.app.session.SessionStore;
import logout.app.web.Assets;
import logout.app.web.Docs;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.HandlerWrapper;
import org.eclipse.jetty.server.session.DefaultSessionIdManager;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;

/** The Jetty under one stage's Spark: it keeps sessions. */
final class StageJetty extends LoopbackJetty {

    /** How long a session lives without a request, in seconds. */
    private static final int SESSION_IDLE_SECONDS = 30 * 60;

    private final SessionHandler sessions = new SessionHandler();
    private final SessionStore store;
    private StageListener listener;

    StageJetty(
            SessionCookie cookie,
            String table,
            Database database,
            Function<SessionHandler, ? extends SessionCache> caching) {
        cookie.applyTo(sessions);
        sessions.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        sessions.setMaxInactiveInterval(SESSION_IDLE_SECONDS);
        store = new SessionStore(database, table, sessions, caching);
        DefaultSessionIdManager ids = new DefaultSessionIdManager(server());
        // A server's name would stand in its cookies. Without one, the cookie's value is the row's key on every server.
        ids.setWorkerName("");
        server().setSessionIdManager(ids);
    }

    SessionStore store() {
        return store;
    }

    /** Whom each request is told to; set before the first one. */
    void tell(StageListener listener) {
        this.listener = listener;
    }

    /** Whether Jetty looks up the session of a request for this path. What only watches must not use it. */
    static boolean hasSession(String path) {
        return Stream.of(StageListener.PATH, Assets.PATH, Docs.PATH).noneMatch(path::startsWith);
    }

    @Override
    Handler around(Handler spark) {
        sessions.setHandler(spark);
        return new RequestScope();
    }

    /** Around each request: watches how the session store fares, and defers the reply until it is known. */
    private final class RequestScope extends HandlerWrapper {
        RequestScope() {
            setHandler(sessions);
        }

        @Override
        public void handle(String target, Request baseRequest, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            store.beginRequest(statement -> listener.statement(request, response, statement));
            try {
                if (hasSession(target)) {
                    listener.begun(request);
                    DeferredResponse deferred = new DeferredResponse(response);
                    super.handle(target, baseRequest, request, deferred);
                    deferred.send();
                } else {
                    sessions.getHandler().handle(target, baseRequest, request, response);
                }
            } finally {
                store.endRequest();
            }
        }
    }
}
