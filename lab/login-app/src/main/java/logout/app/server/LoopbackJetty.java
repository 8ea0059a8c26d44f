package logout.app.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.concurrent.CompletableFuture;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
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
 * A Jetty under Spark that listens on the loopback addresses alone, and knows no sessions.
 *
 * <p>Spark starts its server in a thread of its own. The parts are made before, so that whatever is wrong with
 * them shows in the thread that starts the program.
 */
class LoopbackJetty implements EmbeddedServerFactory {

    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "[::1]";

    /** So many ports that are free on one address are tried on the other. */
    private static final int MAX_TRIES = 10;

    private static final int MAX_THREADS = 64;
    private static final int CONNECTION_IDLE_MS = 30_000;

    /** Cookies ignore ports: those of all programs on localhost come with each request. */
    private static final int MAX_HEADER_BYTES = 32 * 1024;

    private final Server server = new Server(new QueuedThreadPool(MAX_THREADS));
    private final CompletableFuture<Void> routesAdded = new CompletableFuture<>();

    LoopbackJetty() {
        server.setErrorHandler(new PlainErrorHandler());
    }

    final Server server() {
        return server;
    }

    /**
     * Takes a port on every loopback address of this machine: {@code localhost} may be either of them.
     *
     * @param port the port, or 0 for any that is free
     * @return the port that was taken
     * @throws IOException where it is in use on one of them; the message says on which
     */
    final int listen(int port) throws IOException {
        return listen(port, port == 0 ? MAX_TRIES : 1);
    }

    private int listen(int port, int tries) throws IOException {
        ServerConnector first = open(IPV4, port);
        int taken = first.getLocalPort();
        // Not there on every machine.
        if (NetworkInterface.getByInetAddress(InetAddress.getByName(IPV6)) != null) {
            try {
                open(IPV6, taken);
            } catch (IOException e) {
                server.removeConnector(first);
                first.close();
                if (tries > 1) {
                    return listen(port, tries - 1);
                }
                throw e;
            }
        }
        return taken;
    }

    private ServerConnector open(String address, int port) throws IOException {
        ServerConnector connector = connector(address, port);
        try {
            connector.open();
        } catch (IOException e) {
            throw new IOException("it is in use" + (address.equals(IPV6) ? " at " + IPV6 : ""), e);
        }
        server.addConnector(connector);
        return connector;
    }

    private ServerConnector connector(String address, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(address);
        connector.setPort(port);
        connector.setIdleTimeout(CONNECTION_IDLE_MS);
        return connector;
    }

    /** Lets go of the port and of all threads, however far the start has come. */
    final void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The server did not stop cleanly.", e);
        } finally {
            // Those of a server that did not start are open all the same.
            for (Connector connector : server.getConnectors()) {
                ((ServerConnector) connector).close();
            }
        }
    }

    /** Lets Spark start the server: it would do so with the first route already. */
    final void routesAreAdded() {
        routesAdded.complete(null);
    }

    @Override
    public final EmbeddedServer create(
            Routes routes, StaticFilesConfiguration staticFiles, ExceptionMapper exceptions, boolean otherHandlers) {
        routesAdded.join();
        MatcherFilter filter = new MatcherFilter(routes, staticFiles, exceptions, false, otherHandlers);
        filter.init(null);
        return new EmbeddedJettyServer(new ThisServer(), around(new SparkHandler(filter)));
    }

    /** What handles a request before, or in place of, the handler that hands it to Spark. */
    Handler around(Handler spark) {
        return spark;
    }

    /** Gives Spark the server that is already there. */
    private final class ThisServer implements JettyServerFactory {
        @Override
        public Server create(int maxThreads, int minThreads, int threadTimeoutMillis) {
            return server;
        }

        @Override
        public Server create(ThreadPool threadPool) {
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
}
