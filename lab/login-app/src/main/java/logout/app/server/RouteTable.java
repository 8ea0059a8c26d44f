package logout.app.server;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import spark.ExceptionMapper;
import spark.Service;
import spark.embeddedserver.EmbeddedServer;
import spark.embeddedserver.EmbeddedServerFactory;
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
final class RouteTable implements EmbeddedServerFactory, EmbeddedServer {

    private MatcherFilter filter;

    private RouteTable() {}

    /**
     * Makes a table.
     *
     * @param server whoever will run it: Spark knows its servers by an object
     * @param routes adds the filters and routes
     */
    static MatcherFilter of(Object server, Consumer<Service> routes) {
        RouteTable table = new RouteTable();
        Service spark = Service.ignite();
        // Spark keeps the factories of all services in one map that is not thread-safe.
        synchronized (EmbeddedServers.class) {
            EmbeddedServers.add(server, table);
            spark.embeddedServerIdentifier(server);
            routes.accept(spark);
            spark.awaitInitialization();
        }
        return table.filter;
    }

    @Override
    public EmbeddedServer create(
            Routes routes, StaticFilesConfiguration staticFiles, ExceptionMapper exceptions, boolean otherHandlers) {
        filter = new MatcherFilter(routes, staticFiles, exceptions, false, otherHandlers);
        filter.init(null);
        return this;
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
