package logout.app.server;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.servlet.ServletException;
import javax.servlet.SessionTrackingMode;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;
import logout.app.SessionCookie;
import logout.app.lab.LabPanel;
import logout.app.session.Database;
import logout.app.session.SessionStore;
import logout.app.web.Assets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.server.handler.HandlerWrapper;
import org.eclipse.jetty.server.session.DefaultSessionIdManager;
import org.eclipse.jetty.server.session.SessionHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import spark.ExceptionMapper;
import spark.embeddedserver.EmbeddedServer;
import spark.embeddedserver.EmbeddedServerFactory;
import spark.embeddedserver.jetty.EmbeddedJettyServer;
import spark.embeddedserver.jetty.HttpRequestWrapper;
import spark.embeddedserver.jetty.JettyServerFactory;
import spark.http.matching.MatcherFilter;
import spark.route.Routes;
import spark.staticfiles.StaticFilesConfiguration;

/**
 * The Jetty under one stage's Spark: where it listens, and what it does about sessions.
 *
 * <p>Spark starts its server in a thread of its own. The parts are made before, so that whatever is
 * wrong with them shows in the thread that starts the stage.
 */
final class StageJetty implements EmbeddedServerFactory {

    private static final int MAX_THREADS = 64;
    private static final int MIN_THREADS = 4;
    private static final int THREAD_IDLE_MS = 60_000;
    private static final int CONNECTION_IDLE_MS = 30_000;

    /** How long a session lives without a request, in seconds. */
    private static final int SESSION_IDLE_SECONDS = 30 * 60;

    private final Server server = new Server(new QueuedThreadPool(MAX_THREADS, MIN_THREADS, THREAD_IDLE_MS));
    private final SessionHandler sessions = new SessionHandler();
    private final SessionStore store;
    private final String cookieName;
    private final CountDownLatch routesAdded = new CountDownLatch(1);

    StageJetty(SessionCookie cookie, String table, Database database) {
        cookieName = cookie.name();
        cookie.applyTo(sessions);
        sessions.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        sessions.setMaxInactiveInterval(SESSION_IDLE_SECONDS);
        store = new SessionStore(database, table, sessions);
        server.setSessionIdManager(idManager());
        server.setErrorHandler(new PlainErrorHandler());
    }

    SessionStore store() {
        return store;
    }

    /**
     * Takes a port of the loopback address.
     *
     * @param port the port, or 0 for any free one
     * @return the port that was taken
     * @throws IOException where it is in use
     */
    int listen(int port) throws IOException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(CONNECTION_IDLE_MS);
        connector.open();
        server.addConnector(connector);
        return connector.getLocalPort();
    }

    /** Lets Spark start the server: it would do so with the first route already. */
    void routesAreAdded() {
        routesAdded.countDown();
    }

    /** Whether Jetty looks up the session of a request for this path. What only watches must not use it. */
    static boolean hasSession(String path) {
        return !path.startsWith(LabPanel.PATH) && !path.startsWith(Assets.PATH);
    }

    @Override
    public EmbeddedServer create(
            Routes routes, StaticFilesConfiguration staticFiles, ExceptionMapper exceptions, boolean otherHandlers) {
        awaitRoutes();
        MatcherFilter filter = new MatcherFilter(routes, staticFiles, exceptions, false, otherHandlers);
        filter.init(null);
        sessions.setHandler(new SparkHandler(filter));
        return new EmbeddedJettyServer(new ThisServer(), new RequestScope(store, sessions, cookieName));
    }

    private void awaitRoutes() {
        try {
            routesAdded.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while starting.", e);
        }
    }

    /** Several servers may share one database: each has a name of its own, which its ids carry. */
    private DefaultSessionIdManager idManager() {
        byte[] name = new byte[4];
        new SecureRandom().nextBytes(name);
        DefaultSessionIdManager ids = new DefaultSessionIdManager(server);
        ids.setWorkerName("w" + HexFormat.of().formatHex(name));
        return ids;
    }

    /** Gives Spark the server that is already there. */
    private final class ThisServer implements JettyServerFactory {
        @Override
        public Server create(int maxThreads, int minThreads, int threadTimeoutMillis) {
            return server;
        }

        @Override
        public Server create(org.eclipse.jetty.util.thread.ThreadPool threadPool) {
            return server;
        }
    }

    /** Hands a request to Spark. */
    private static final class SparkHandler extends AbstractHandler {
        private final MatcherFilter filter;

        SparkHandler(MatcherFilter filter) {
            this.filter = filter;
        }

        @Override
        public void handle(String target, Request baseRequest, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            filter.doFilter(new HttpRequestWrapper(request), response, null);
            baseRequest.setHandled(true);
        }
    }

    /** Around each request: watches how the session store fares, and keeps redirects back until it is known. */
    private static final class RequestScope extends HandlerWrapper {
        private final SessionStore store;
        private final Handler withoutSession;
        private final String cookieName;

        RequestScope(SessionStore store, SessionHandler sessions, String cookieName) {
            this.store = store;
            this.withoutSession = sessions.getHandler();
            this.cookieName = cookieName;
            setHandler(sessions);
        }

        @Override
        public void handle(String target, Request baseRequest, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (!hasSession(target)) {
                withoutSession.handle(target, baseRequest, request, response);
                return;
            }
            store.beginRequest();
            try {
                super.handle(target, baseRequest, request, new WatchedResponse(request, response, cookieName));
            } finally {
                store.endRequest();
            }
        }
    }

    /** A reply that keeps redirects back until the session is saved, and notices a cleared session cookie. */
    private static final class WatchedResponse extends HttpServletResponseWrapper {
        private final HttpServletRequest request;
        private final String cookieName;

        WatchedResponse(HttpServletRequest request, HttpServletResponse response, String cookieName) {
            super(response);
            this.request = request;
            this.cookieName = cookieName;
        }

        /** Jetty would send a redirect at once. Here it goes out with the reply. */
        @Override
        public void sendRedirect(String location) {
            setStatus(SC_FOUND);
            setHeader("Location", location);
        }

        @Override
        public void addCookie(Cookie cookie) {
            if (cookie.getName().equals(cookieName) && cookie.getMaxAge() == 0) {
                request.setAttribute(LabPanel.DELETION_ASKED, true);
            }
            super.addCookie(cookie);
        }
    }
}
