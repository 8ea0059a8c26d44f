package logout.app.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
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
import spark.embeddedserver.jetty.HttpRequestWrapper;
import spark.http.matching.MatcherFilter;

/** A Jetty that listens on the loopback addresses alone, runs a table of Spark's routes, and knows no sessions. */
class LoopbackJetty {

    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "[::1]";

    /** So many ports that are free on one address are tried on the other. */
    private static final int MAX_TRIES = 10;

    private static final int MAX_THREADS = 64;
    private static final int CONNECTION_IDLE_MS = 30_000;

    /** Cookies ignore ports: those of all programs on localhost come with each request. */
    private static final int MAX_HEADER_BYTES = 32 * 1024;

    private final Server server = new Server(new QueuedThreadPool(MAX_THREADS));
    private final SparkHandler spark = new SparkHandler();

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

    /** From the next request on, these routes are run. Requests that are under way end with those that they began with. */
    final void run(MatcherFilter routes) {
        spark.routes = routes;
    }

    /** Answers from now on. */
    final void start() throws Exception {
        server.setHandler(around(spark));
        server.start();
    }

    /** What handles a request before, or in place of, the handler that hands it to Spark. */
    Handler around(Handler spark) {
        return spark;
    }

    /** Hands a request to Spark. */
    private static final class SparkHandler extends AbstractHandler {
        private volatile MatcherFilter routes;

        @Override
        public void handle(String target, Request baseRequest, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            routes.doFilter(new HttpRequestWrapper(request), response, null);
            baseRequest.setHandled(true);
        }
    }
}
