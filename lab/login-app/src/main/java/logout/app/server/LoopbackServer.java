package logout.app.server;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.app.Stage;
import logout.app.StartException;
import logout.app.web.Assets;
import logout.app.web.Docs;
import logout.app.web.Guards;
import logout.app.web.HttpError;
import logout.app.web.Replies;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Service;
import spark.embeddedserver.EmbeddedServer;
import spark.embeddedserver.EmbeddedServers;
import spark.embeddedserver.jetty.HttpRequestWrapper;
import spark.http.matching.MatcherFilter;

/**
 * A Jetty that listens on the loopback addresses alone and runs a table of Spark's routes, with the guards in front of
 * them, the assets beside them, and errors for people.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);

    private static final int MAX_PORT = 65_535;

    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "[::1]";

    /** So many ports that are free on one address are tried on the other. */
    private static final int MAX_TRIES = 10;

    private static final int MAX_THREADS = 64;
    private static final int CONNECTION_IDLE_MS = 30_000;

    /** Cookies ignore ports: those of all programs on localhost come with each request. */
    private static final int MAX_HEADER_BYTES = 32 * 1024;

    /** The routes that are being added. Spark asks for its server on a thread of its own, which the first of them starts. */
    private static final ThreadLocal<CompletableFuture<MatcherFilter>> TABLE = new InheritableThreadLocal<>();

    static {
        // What Spark starts with its first route does nothing, because there is a Jetty already that runs the routes.
        EmbeddedServer none = (EmbeddedServer) Proxy.newProxyInstance(
                LoopbackServer.class.getClassLoader(),
                new Class<?>[] {EmbeddedServer.class},
                (server, method, arguments) -> method.getReturnType() == int.class ? 0 : null);
        // Spark keeps each factory for good, in a map that is not thread-safe: so all servers share one.
        EmbeddedServers.initialize();
        EmbeddedServers.add(LoopbackServer.class, (routes, staticFiles, exceptions, otherHandlers) -> {
            TABLE.get().complete(new MatcherFilter(routes, staticFiles, exceptions, false, otherHandlers));
            return none;
        });
    }

    private final String name;
    private final Server jetty = new Server(new QueuedThreadPool(MAX_THREADS));
    private final int port;

    /** Requests that are under way end with those that they began with. */
    private volatile MatcherFilter routes;

    /**
     * Takes a port on every loopback address of this machine: {@code localhost} may be either of them. The server answers
     * from {@link #start} on.
     *
     * @param port where to listen; 0 for any free port
     * @param name what the server is called where its port is taken
     * @throws PortTakenException where something else listens there
     */
    public LoopbackServer(int port, String name) {
        if (port < 0 || port > MAX_PORT) {
            throw new StartException("There is no port " + port + ": ports go from 0 to " + MAX_PORT + ".", null);
        }
        this.name = name;
        jetty.setErrorHandler(new PlainErrorHandler());
        try {
            this.port = listen(port, port == 0 ? MAX_TRIES : 1);
        } catch (IOException e) {
            throw new PortTakenException(name + " cannot listen on port " + port + ": " + e.getMessage() + ".", e);
        }
    }

    private int listen(int port, int tries) throws IOException {
        try {
            int taken = open(IPV4, port);
            // Not there on every machine.
            if (NetworkInterface.getByInetAddress(InetAddress.getByName(IPV6)) != null) {
                open(IPV6, taken);
            }
            return taken;
        } catch (IOException e) {
            closeConnectors();
            if (tries > 1) {
                return listen(port, tries - 1);
            }
            throw e;
        }
    }

    private int open(String address, int port) throws IOException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
        connector.setHost(address);
        connector.setPort(port);
        connector.setIdleTimeout(CONNECTION_IDLE_MS);
        jetty.addConnector(connector);
        try {
            connector.open();
        } catch (IOException e) {
            throw new IOException("it is in use" + (address.equals(IPV6) ? " at " + IPV6 : ""), e);
        }
        return connector.getLocalPort();
    }

    /**
     * Starts the server. It answers when this returns.
     *
     * @param routes adds the server's own filters and routes
     * @throws StartException where it cannot start; its port is free again then
     */
    public LoopbackServer start(Consumer<Service> routes) {
        return start(routes, Stage.LOGOUTS, UnaryOperator.identity());
    }

    /**
     * The same where other paths log out than at the stages of the story.
     *
     * @param around puts its own handler around the one that hands a request to Spark
     */
    LoopbackServer start(Consumer<Service> routes, List<String> logouts, UnaryOperator<Handler> around) {
        try {
            run(routes, logouts);
            jetty.setHandler(around.apply(new SparkHandler()));
            jetty.start();
        } catch (Exception e) {
            close();
            throw e instanceof RuntimeException told ? told : new StartException(name + " did not start: " + e, e);
        }
        return this;
    }

    /** From the next request on, runs these routes; those that it had are forgotten. Where one cannot be added, all stays. */
    void run(Consumer<Service> routes, List<String> logouts) {
        Service spark = Service.ignite();
        spark.embeddedServerIdentifier(LoopbackServer.class);
        CompletableFuture<MatcherFilter> table = new CompletableFuture<>();
        TABLE.set(table);
        try {
            Guards guards = new Guards(spark, port, System.getenv());
            Assets.serve(spark, Assets.SHARED);
            Docs.serve(spark);
            routes.accept(spark);
            spark.exception(
                    HttpError.class,
                    (e, request, response) -> Replies.error(request, response, e.status(), e.getMessage()));
            spark.exception(Exception.class, (e, request, response) -> {
                LOG.error("{} {} failed", request.requestMethod(), request.uri(), e);
                Replies.error(request, response, 500, "This app has a fault and could not answer. Its log says more.");
            });
            guards.learnRoutes(spark, logouts);
        } finally {
            TABLE.remove();
        }
        this.routes = table.join();
    }

    Server jetty() {
        return jetty;
    }

    public URI address() {
        return URI.create("http://localhost:" + port + "/");
    }

    /** Stops answering. Returns when the port and all threads are free again, however far the start has come. */
    @Override
    public void close() {
        try {
            LifeCycle.stop(jetty);
        } finally {
            // Those of a server that did not start are open all the same.
            closeConnectors();
        }
    }

    private void closeConnectors() {
        for (Connector connector : jetty.getConnectors()) {
            ((ServerConnector) connector).close();
            jetty.removeConnector(connector);
        }
    }

    private final class SparkHandler extends AbstractHandler {
        @Override
        public void handle(
                String target,
                org.eclipse.jetty.server.Request baseRequest,
                HttpServletRequest request,
                HttpServletResponse response)
                throws IOException, ServletException {
            routes.doFilter(new HttpRequestWrapper(request), response, null);
            baseRequest.setHandled(true);
        }
    }

    public static final class PortTakenException extends StartException {
        private static final long serialVersionUID = 1L;

        PortTakenException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
