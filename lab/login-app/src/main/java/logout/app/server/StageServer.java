package logout.app.server;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.servlet.ServletException;
import javax.servlet.SessionTrackingMode;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.app.session.Database;
import logout.app.session.SessionStore;
import logout.app.web.Assets;
import logout.app.web.Docs;
import logout.app.web.Guards;
import logout.app.web.Pages;
import logout.app.web.Replies;
import org.eclipse.jetty.server.session.DefaultSessionIdManager;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;
import spark.Request;
import spark.Response;
import spark.Service;

/** One stage, running: a server of its own, with a session store of its own. */
public final class StageServer implements AutoCloseable {

    private static final int SESSION_IDLE_SECONDS = 30 * 60;

    private volatile Stage stage;
    private final Accounts accounts;
    private final LoopbackServer http;
    private final SessionHandler sessions = new WatchedSessions();
    private final SessionStore store;
    private final StageListener listener;
    private final Pages pages;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    /**
     * Starts a stage and waits until it answers.
     *
     * @param port where to listen on the loopback address; 0 for any free port
     * @param database where the session store is; it stays the caller's to close
     * @param caching what Jetty keeps of the sessions in memory
     * @throws LoopbackServer.PortTakenException where something else listens there
     * @throws logout.app.StartException where the stage cannot start for another reason
     */
    public StageServer(
            Stage stage,
            int port,
            Database database,
            Accounts accounts,
            Function<SessionHandler, ? extends SessionCache> caching,
            StageListener.Factory listeners) {
        this.stage = stage;
        this.accounts = accounts;
        http = new LoopbackServer(port, "Stage " + stage.number());
        stage.sessionCookie().applyTo(sessions);
        sessions.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        sessions.setMaxInactiveInterval(SESSION_IDLE_SECONDS);
        DefaultSessionIdManager ids = new DefaultSessionIdManager(http.jetty());
        // A server's name would stand in its cookies. Without one, the cookie's value is the row's key on every server.
        ids.setWorkerName("");
        http.jetty().setSessionIdManager(ids);
        store = new SessionStore(database, stage.table(), sessions, caching);
        listener = listeners.of(stage, http.address(), store);
        pages = new Pages(stage.folder(), listener.folder());
        http.start(spark -> addRoutes(spark, stage), stage.logouts(), spark -> {
            sessions.setHandler(spark);
            return sessions;
        });
    }

    /** From the next request on, runs the routes of an edited form of this stage. Where that fails, all stays as it was. */
    public void replace(Stage edited) {
        http.run(spark -> addRoutes(spark, edited), edited.logouts());
        stage = edited;
    }

    /** From now on, the pages link to what runs beside this stage: by the stages' numbers, 0 being the page that compares them. */
    public void linkTo(Map<String, String> others) {
        addresses.putAll(others);
    }

    private void addRoutes(Service spark, Stage served) {
        LoginApp app = new LoginApp(served, pages, store, accounts, addresses);
        spark.before((request, response) -> {
            String reason = app.whyStale(request);
            if (reason != null) {
                refuse(request, response, 409, reason);
                spark.halt(409, response.body());
            }
        });
        spark.before((request, response) -> listener.before(request, response, served));
        listener.addRoutes(spark, served);
        served.routes().accept(spark, app);
        spark.afterAfter((request, response) -> {
            if (hasSession(request.uri())) {
                saveBeforeReply(request, response);
                listener.after(request, response);
            }
        });
    }

    /** Whether Jetty looks up the session of a request for this path. What only watches must not use it. */
    private static boolean hasSession(String path) {
        return Stream.of(StageListener.PATH, Assets.PATH, Docs.PATH).noneMatch(path::startsWith);
    }

    /** The reply waits for the session store: what the store did not do is not reported as done. */
    private void saveBeforeReply(Request request, Response response) {
        switch (store.save(request.raw().getSession(false))) {
            case FOUND -> {}
            case NOT_FOUND -> refuse(request, response, 401, "Your session ended meanwhile, so nothing was saved.");
            case FAILED -> refuse(request, response, 503, whatMayBeDone(request));
        }
    }

    private String whatMayBeDone(Request request) {
        return stage.isLogout(request.uri()) && !Replies.isForScripts(request)
                ? "The session store failed, so this app cannot tell whether you are logged out."
                        + " Take it that you are still logged in, and try again."
                : "The session store failed. Take nothing as done, try again.";
    }

    private void refuse(Request request, Response response, int status, String sentence) {
        response.raw().reset();
        Guards.HEADERS.forEach(response::header);
        response.raw().setHeader("Set-Cookie", null); // Jetty's reset keeps that of a new session
        if (Replies.isForScripts(request)) {
            Replies.error(request, response, status, sentence);
        } else {
            response.status(status);
            response.type("text/html; charset=utf-8");
            response.body(troublePage(request, sentence, status == 503));
        }
    }

    private String troublePage(Request request, String sentence, boolean storeFailed) {
        Map<String, Object> values = Map.of(
                "stage", stage,
                "addresses", addresses,
                "sentence", sentence,
                "storeFailed", storeFailed,
                "mayLogOutAgain", storeFailed && stage.isLogout(request.uri()),
                "method", request.requestMethod(),
                "path", request.uri());
        return pages.render("trouble.ftlh", values);
    }

    public Stage stage() {
        return stage;
    }

    public URI address() {
        return http.address();
    }

    public SessionStore store() {
        return store;
    }

    /** Stops answering. Returns when the port is free again. */
    @Override
    public void close() {
        http.close();
    }

    /** Around each request: watches how the session store fares, and defers the reply until it is known. */
    private final class WatchedSessions extends SessionHandler {
        @Override
        public void doScope(
                String target,
                org.eclipse.jetty.server.Request baseRequest,
                HttpServletRequest request,
                HttpServletResponse response)
                throws IOException, ServletException {
            store.beginRequest(statement -> listener.statement(request, response, statement));
            try {
                if (hasSession(target)) {
                    listener.begun(request);
                    DeferredResponse deferred = new DeferredResponse(response);
                    super.doScope(target, baseRequest, request, deferred);
                    deferred.send();
                } else {
                    getHandler().handle(target, baseRequest, request, response);
                }
            } finally {
                store.endRequest();
            }
        }
    }
}
