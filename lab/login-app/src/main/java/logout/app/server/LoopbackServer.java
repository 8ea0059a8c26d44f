package logout.app.server;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import logout.app.Stage;
import logout.app.StartException;
import logout.app.web.Assets;
import logout.app.web.Docs;
import logout.app.web.Guards;
import logout.app.web.HttpError;
import logout.app.web.Replies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * A Spark service that listens on the loopback address, with the guards in front of its routes, the assets beside
 * them, and errors for people.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);

    private static final int MAX_PORT = 65_535;

    private final String name;
    private final LoopbackJetty jetty;
    private final int port;

    private LoopbackServer(String name, LoopbackJetty jetty, int port) {
        this.name = name;
        this.jetty = jetty;
        this.port = port;
    }

    /**
     * Takes a port for a server that keeps no sessions. It answers from {@link #start} on.
     *
     * @param name what the server is called where its port is taken
     * @param port where to listen; 0 for any free port
     * @throws PortTakenException where something else listens there
     */
    public static LoopbackServer on(int port, String name) {
        return on(port, name, new LoopbackJetty());
    }

    static LoopbackServer on(int port, String name, LoopbackJetty jetty) {
        if (port < 0 || port > MAX_PORT) {
            throw new StartException("There is no port " + port + ": ports go from 0 to " + MAX_PORT + ".", null);
        }
        try {
            return new LoopbackServer(name, jetty, jetty.listen(port));
        } catch (IOException e) {
            throw new PortTakenException(name + " cannot listen on port " + port + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Starts the server. It answers when this returns.
     *
     * @param routes adds the server's own filters and routes
     * @throws StartException where it cannot start; its port is free again then
     */
    public LoopbackServer start(Consumer<Service> routes) {
        return start(routes, Stage.LOGOUTS);
    }

    /** The same where other paths log out than at the stages of the story. */
    LoopbackServer start(Consumer<Service> routes, List<String> logouts) {
        try {
            run(routes, logouts);
            jetty.start();
        } catch (RuntimeException e) {
            jetty.stop();
            throw e;
        } catch (Exception e) {
            jetty.stop();
            throw new StartException(name + " did not start: " + e, e);
        }
        return this;
    }

    /** From the next request on, runs these routes; those that it had are forgotten. Where one cannot be added, all stays. */
    void run(Consumer<Service> routes, List<String> logouts) {
        jetty.run(RouteTable.of(spark -> {
            Guards guards = Guards.inFrontOf(spark, port, System.getenv());
            Assets.serve(spark, Assets.SHARED);
            Docs.serve(spark);
            routes.accept(spark);
            spark.exception(
                    HttpError.class,
                    (e, request, response) -> Replies.error(request, response, e.status(), e.getMessage()));
            spark.exception(Exception.class, LoopbackServer::unexpected);
            guards.learnRoutes(spark, logouts);
        }));
    }

    private static void unexpected(Exception e, Request request, Response response) {
        LOG.error("{} {} failed", request.requestMethod(), request.uri(), e);
        Replies.error(request, response, 500, "This app has a fault and could not answer. Its log says more.");
    }

    /** The address of its home page. */
    public URI address() {
        return URI.create("http://localhost:" + port + "/");
    }

    /** Stops answering. Returns when the port is free again. */
    @Override
    public void close() {
        jetty.stop();
    }

    /** A server cannot start because its port is in use. */
    public static final class PortTakenException extends StartException {
        private static final long serialVersionUID = 1L;

        PortTakenException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
