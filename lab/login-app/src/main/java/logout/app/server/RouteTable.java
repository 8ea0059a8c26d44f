package logout.app.server;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import spark.ExceptionMapper;
import spark.Service;
import spark.embeddedserver.EmbeddedServer;
import spark.embeddedserver.EmbeddedServers;
import spark.embeddedserver.jetty.websocket.WebSocketHandlerWrapper;
import spark.http.matching.MatcherFilter;
import spark.route.Routes;
import spark.ssl.SslStores;
import spark.staticfiles.StaticFilesConfiguration;

/**
 * A table of Spark's routes without a server. Spark would start one with the first route; this one does nothing, and the
 * Jetty that is there already runs the routes.
 */
final class RouteTable implements EmbeddedServer {

    /** The table that is being made. Spark asks for its server on a thread of its own, which the first route starts. */
    private static final ThreadLocal<RouteTable> BEING_MADE = new InheritableThreadLocal<>();

    static {
        // Spark keeps each factory for good, in a map that is not thread-safe: so all tables share one.
        EmbeddedServers.initialize();
        EmbeddedServers.add(RouteTable.class, RouteTable::create);
    }

    private MatcherFilter filter;

    private RouteTable() {}

    /**
     * Makes a table.
     *
     * @param routes adds the filters and routes
     */
    static MatcherFilter of(Consumer<Service> routes) {
        RouteTable table = new RouteTable();
        BEING_MADE.set(table);
        try {
            Service spark = Service.ignite();
            spark.embeddedServerIdentifier(RouteTable.class);
            routes.accept(spark);
            spark.awaitInitialization();
            return table.filter;
        } finally {
            BEING_MADE.remove();
        }
    }

    private static RouteTable create(
            Routes routes, StaticFilesConfiguration staticFiles, ExceptionMapper exceptions, boolean otherHandlers) {
        RouteTable table = BEING_MADE.get();
        table.filter = new MatcherFilter(routes, staticFiles, exceptions, false, otherHandlers);
        return table;
    }

    @Override
    public int ignite(String host, int port, SslStores stores, int maxThreads, int minThreads, int idleMillis) {
        return port;
    }

    @Override
    public void configureWebSockets(Map<String, WebSocketHandlerWrapper> handlers, Optional<Long> idleMillis) {}

    @Override
    public void join() {}

    @Override
    public void extinguish() {}

    @Override
    public int activeThreadCount() {
        return 0;
    }
}
