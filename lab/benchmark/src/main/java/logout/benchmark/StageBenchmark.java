package logout.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import logout.app.server.StageServer;
import logout.experiment.StoredSession;
import logout.panel.RowReader;
import logout.sidebyside.Logout;

/** Measures the logouts of one stage, and its page, with more and more rows in its session store. */
final class StageBenchmark {

    private static final String PAGE = "/";
    private static final String PANEL = "/lab/state";

    private final BenchmarkPlan plan;
    private final List<Logout> logouts;
    private final StageServer server;
    private final FilledTable table;
    private final Load load;
    private final String reader;
    private final Map<String, Measurement> measured = new LinkedHashMap<>();

    /**
     * A benchmark of a stage at which somebody has logged in.
     *
     * @param logouts the logouts of that stage
     * @param table the table of its session store
     * @param cookie the value of the session cookie of whoever logged in
     */
    StageBenchmark(BenchmarkPlan plan, List<Logout> logouts, StageServer server, FilledTable table, String cookie) {
        this.plan = plan;
        this.logouts = logouts;
        this.server = server;
        this.table = table;
        this.load = new Load(server.address(), server.stage().sessionCookie().name());
        this.reader = cookie;
    }

    /**
     * Fills the store, step by step, and measures at each step. The kinds of request take turns, so that whatever
     * else the machine does meanwhile falls on all of them.
     *
     * @throws IOException where a request fails, or a logout did not do what it said
     */
    List<Measurement> run() throws IOException, SQLException {
        table.fillUpTo(plan.sizes().get(0));
        warmUp();
        for (int size : plan.sizes()) {
            table.fillUpTo(size);
            for (int round = 0; round < plan.rounds(); round++) {
                for (int clients : plan.clients()) {
                    for (Logout logout : logouts) {
                        add(nameOf(logout), clients, size, logOut(logout, clients, plan.requests()));
                        table.shrinkTo(size);
                    }
                }
                for (String path : List.of(PAGE, PANEL)) {
                    add(name("GET", path), 1, size, read(path, plan.requests()));
                }
            }
        }
        return List.copyOf(measured.values());
    }

    private void warmUp() throws IOException, SQLException {
        for (Logout logout : logouts) {
            logOut(logout, 2, plan.warmUp());
            table.shrinkTo(plan.sizes().get(0));
        }
        read(PAGE, plan.warmUp());
        read(PANEL, plan.warmUp());
    }

    private void add(String what, int clients, int rows, Round round) {
        measured.computeIfAbsent(
                        what + clients + " " + rows, key -> new Measurement(what, clients, rows, new ArrayList<>()))
                .rounds()
                .add(round);
    }

    private Round logOut(Logout logout, int clients, int requests) throws IOException, SQLException {
        List<String> ids = table.add(requests);
        Round round = load.send(logout.method(), logout.path(), ids, clients);
        expectLoggedOut(logout, ids.get(0));
        return round;
    }

    /** A logout that is quick because it does nothing is not measured. */
    private void expectLoggedOut(Logout logout, String id) throws IOException, SQLException {
        StoredSession row = new RowReader(server.store()).row(id);
        if (row != null && row.user() != null) {
            throw new IOException(nameOf(logout) + " has not logged out whom it should.");
        }
    }

    private Round read(String path, int requests) throws IOException {
        return load.send("GET", path, Collections.nCopies(requests, reader), 1);
    }

    private String nameOf(Logout logout) {
        return name(logout.method(), logout.path());
    }

    private String name(String method, String path) {
        return server.stage().number() + " `" + method + " " + path + "`";
    }
}
