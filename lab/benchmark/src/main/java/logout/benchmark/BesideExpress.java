package logout.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import logout.app.session.Database;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.express.ExpressUnavailableException;
import logout.launcher.StageWithPanel;
import logout.sidebyside.Logout;

/**
 * Stage 4's logout beside the one to take home on Express: on one PostgreSQL, with the same client, in turns; and beside them what
 * the database alone can do, with the same two statements.
 */
final class BesideExpress {

    private static final String KEY = "take-home";

    private final BenchmarkPlan plan;
    private final String address;

    BesideExpress(BenchmarkPlan plan, String address) {
        this.plan = plan;
        this.address = address;
    }

    /**
     * Logouts per second, round by round, by the number of clients.
     *
     * @throws IOException where Express cannot be run, or a request fails
     */
    Map<Integer, Rates> run() throws IOException, SQLException {
        Logout logout = Logout.STAGE_4;
        try (Database database = Database.at(address);
                StageWithPanel stage = StageWithPanel.start(logout.stage(), 0, database);
                ExpressStack express = express()) {
            HttpUser ada = Benchmark.whoIsLoggedIn(stage.server(), logout.protocol());
            String cookie = ada.cookie(logout.stage().sessionCookie().name());
            Load spark = new Load(
                    stage.server().address(), logout.stage().sessionCookie().name());
            ExpressLogout other = express.logout(KEY);
            Load there = new Load(other.address(), other.cookieName());
            Map<Integer, Rates> rates = new LinkedHashMap<>();
            try (FilledTable table = new FilledTable(address, logout.stage().table(), cookie)) {
                spark.send(logout.method(), logout.path(), table.add(plan.warmUp()), 2);
                there.send("POST", other.logout().path(), loggedIn(other, plan.warmUp() / 4), 2);
                for (int round = 0; round < plan.rounds(); round++) {
                    for (int clients : plan.clients()) {
                        Rates one = rates.computeIfAbsent(clients, key -> new Rates());
                        List<String> ids = table.add(plan.requests());
                        one.spark.add(spark.send(logout.method(), logout.path(), ids, clients)
                                .perSecond());
                        List<String> cookies = loggedIn(other, plan.requests());
                        one.express.add(there.send("POST", other.logout().path(), cookies, clients)
                                .perSecond());
                        one.database.add(statements(logout.stage().table(), table.add(plan.requests()), clients));
                    }
                }
                table.empty();
            }
            return rates;
        }
    }

    private ExpressStack express() throws IOException {
        try {
            return ExpressStack.start(
                    new ExpressStack.Options("5", address, Map.of(), List.of(KEY)), System.err::println);
        } catch (ExpressUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<String> loggedIn(ExpressLogout logout, int count) throws IOException {
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HttpUser visitor = new HttpUser(logout.address(), logout.agent(), new CookieJar());
            visitor.send(logout.protocol().logIn(logout.user(), logout.password()));
            cookies.add(visitor.cookie(logout.cookieName()));
        }
        return cookies;
    }

    /** A SELECT and a DELETE for each id, prepared once on a connection for each client: pairs per second. */
    private double statements(String table, List<String> ids, int clients) throws IOException {
        Callable<Void> client = client(table, new ConcurrentLinkedQueue<>(ids));
        long began = System.nanoTime();
        Load.atOnce(clients, client);
        return ids.size() / ((System.nanoTime() - began) / 1e9);
    }

    private Callable<Void> client(String table, Queue<String> waiting) {
        return () -> {
            try (Connection connection = DriverManager.getConnection(address);
                    PreparedStatement read =
                            connection.prepareStatement("SELECT * FROM " + table + " WHERE sessionId = ?");
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM " + table + " WHERE sessionId = ?")) {
                for (String id = waiting.poll(); id != null; id = waiting.poll()) {
                    read.setString(1, id);
                    try (ResultSet row = read.executeQuery()) {
                        row.next();
                    }
                    delete.setString(1, id);
                    delete.executeUpdate();
                }
            }
            return null;
        };
    }

    /** Logouts per second, a figure a round. */
    static final class Rates {
        final List<Double> spark = new ArrayList<>();
        final List<Double> express = new ArrayList<>();
        final List<Double> database = new ArrayList<>();

        /** How many times as many on Spark, round by round. */
        List<Double> ratios() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < spark.size(); i++) {
                ratios.add(spark.get(i) / express.get(i));
            }
            return ratios;
        }
    }

    /** Whether this database is one that both can use. */
    static boolean isPossibleOn(Optional<String> address) {
        return address.filter(ExpressStack::canUse).isPresent();
    }
}
