package logout.app.server;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.lab.LabPanel;
import logout.app.session.Database;
import logout.app.session.SessionStore;
import logout.app.web.Assets;
import logout.app.web.Guards;
import logout.app.web.HttpError;
import logout.app.web.Replies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Service;
import spark.embeddedserver.EmbeddedServers;

/** One stage, running: a Spark service on a Jetty of its own, with a session store of its own. */
public final class StageServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StageServer.class);

    private final Stage stage;
    private final int port;
    private final SessionStore store;
    private final LabPanel panel;
    private final Service spark = Service.ignite();

    private StageServer(Stage stage, int port, SessionStore store) {
        this.stage = stage;
        this.port = port;
        this.store = store;
        this.panel = new LabPanel(stage, address(), store);
    }

    /**
     * Starts a stage and waits until it answers.
     *
     * @param port where to listen on the loopback address; 0 for any free port
     * @param database where the session store is; it stays the caller's to close
     * @throws PortTakenException where something else listens there
     * @throws StartException where the stage cannot start for another reason
     */
    public static StageServer start(Stage stage, int port, Database database) {
        StageJetty jetty = new StageJetty(stage.sessionCookie(), stage.table(), database);
        int actualPort = listen(jetty, stage, port);
        StageServer server = new StageServer(stage, actualPort, jetty.store());
        // Spark keeps the factories of all services in one map that is not thread-safe.
        synchronized (EmbeddedServers.class) {
            server.ignite(jetty);
        }
        return server;
    }

    private static int listen(StageJetty jetty, Stage stage, int port) {
        try {
            return jetty.listen(port);
        } catch (IOException e) {
            throw new PortTakenException(stage, port, e);
        }
    }

    private void ignite(StageJetty jetty) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        EmbeddedServers.add(jetty, jetty);
        spark.embeddedServerIdentifier(jetty);
        spark.initExceptionHandler(failure::set);
        spark.port(port);
        try {
            addRoutes();
        } finally {
            jetty.routesAreAdded();
        }
        spark.awaitInitialization();
        if (failure.get() != null) {
            throw new StartException("Stage " + stage.number() + " did not start: " + failure.get(), failure.get());
        }
    }

    private void addRoutes() {
        spark.before(panel::lookBefore);
        Guards guards = Guards.inFrontOf(spark, port);
        Assets.serve(spark);
        panel.addRoutes(spark);
        stage.routes().accept(spark, new LoginApp(stage));
        spark.afterAfter((request, response) -> {
            if (StageJetty.hasSession(request.uri())) {
                saveBeforeReply(request, response);
                panel.lookAfter(request, response);
            }
        });
        spark.exception(
                HttpError.class,
                (e, request, response) -> Replies.error(request, response, e.status(), e.getMessage()));
        spark.exception(Exception.class, StageServer::unexpected);
        guards.learnRoutes(spark);
    }

    private static void unexpected(Exception e, Request request, Response response) {
        LOG.error("{} {} failed", request.requestMethod(), request.uri(), e);
        Replies.error(request, response, 500, "This app has a fault and could not answer. Its log says more.");
    }

    /** The reply waits for the session store: what the store did not do is not reported as done. */
    private void saveBeforeReply(Request request, Response response) {
        var session =
                org.eclipse.jetty.server.Request.getBaseRequest(request.raw()).getSession(false);
        switch (store.save(session)) {
            case DONE -> {}
            case ROW_GONE -> refuse(request, response, 401, "Your session ended meanwhile, so nothing was saved.");
            case FAILED -> refuse(request, response, 503, "The session store failed. Take nothing as done, try again.");
        }
    }

    private static void refuse(Request request, Response response, int status, String sentence) {
        response.raw().setHeader("Set-Cookie", null);
        response.raw().setHeader("Location", null);
        Replies.error(request, response, status, sentence);
    }

    public Stage stage() {
        return stage;
    }

    public int port() {
        return port;
    }

    /** The address of the stage's home page. */
    public URI address() {
        return URI.create("http://localhost:" + port + "/");
    }

    /** The session store of this stage, to look at. */
    public SessionStore store() {
        return store;
    }

    /** Stops answering. Returns when the port is free again. */
    @Override
    public void close() {
        spark.stop();
        spark.awaitStop();
    }

    /** A stage cannot start; the message is one line for the person who started it. */
    public static class StartException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StartException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A stage cannot start because its port is in use. */
    public static final class PortTakenException extends StartException {
        private static final long serialVersionUID = 1L;

        PortTakenException(Stage stage, int port, Throwable cause) {
            super("Stage " + stage.number() + " cannot listen on port " + port + ": it is in use.", cause);
        }
    }
}
