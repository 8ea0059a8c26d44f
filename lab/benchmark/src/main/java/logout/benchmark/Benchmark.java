package logout.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.app.account.DemoAccount;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.launcher.StageWithPanel;
import logout.panel.RowReader;
import logout.sidebyside.Logout;

/**
 * Measures what each logout costs as the session store grows, and what a stage needs to start. Clients, server and an H2 share
 * one process and its processors, so the figures say how the cost grows, and little about a larger machine.
 */
public final class Benchmark {

    private static final Path ALL_STAGES = Path.of("lab/side-by-side/target/side-by-side.jar");

    private final BenchmarkPlan plan;
    private final Optional<String> database;
    private final Path root;
    private final PrintStream out;

    /**
     * A benchmark that prints its tables as Markdown.
     *
     * @param database the address of a database that is free of this project's tables, or their rows; none means an H2 in memory
     * @param root the project's folder, where the programs' jars are looked for
     */
    public Benchmark(BenchmarkPlan plan, Optional<String> database, Path root, PrintStream out) {
        this.plan = plan;
        this.database = database;
        this.root = root;
        this.out = out;
    }

    /**
     * Measures, and prints.
     *
     * @throws IOException where something could not be measured
     */
    public void run() throws IOException {
        try {
            printConditions();
            BenchmarkTables tables = new BenchmarkTables(plan, out);
            List<Measurement> measured = new ArrayList<>();
            for (Map.Entry<Stage, List<Logout>> stage : logoutsByStage().entrySet()) {
                System.err.printf("Stage %d …%n", stage.getKey().number());
                measured.addAll(measure(stage.getKey(), stage.getValue()));
            }
            tables.print(measured);
            if (database.isEmpty()) {
                tables.printStarts(starts());
            }
            if (BesideExpress.isPossibleOn(database)) {
                tables.printBesideExpress(new BesideExpress(plan, database.orElseThrow()).run());
            }
        } catch (SQLException e) {
            throw new IOException("The database could not be filled: " + e.getMessage(), e);
        }
    }

    private static Map<Stage, List<Logout>> logoutsByStage() {
        return Arrays.stream(Logout.values())
                .collect(Collectors.groupingBy(Logout::stage, LinkedHashMap::new, Collectors.toList()));
    }

    private void printConditions() throws SQLException {
        try (Connection connection = DriverManager.getConnection(freshAddress())) {
            DatabaseMetaData about = connection.getMetaData();
            out.printf(
                    "%s %s, Java %s, %d processors. Medians of %d rounds of %,d requests; in parentheses, the lowest and the"
                            + " highest round.%n",
                    about.getDatabaseProductName(),
                    about.getDatabaseProductVersion().split(" ")[0],
                    Runtime.version().feature(),
                    Runtime.getRuntime().availableProcessors(),
                    plan.rounds(),
                    plan.requests());
        }
    }

    private String freshAddress() {
        return database.orElseGet(() -> "jdbc:h2:mem:" + UUID.randomUUID());
    }

    private List<Measurement> measure(Stage stage, List<Logout> logouts) throws IOException, SQLException {
        String address = freshAddress();
        try (Database opened = Database.at(address);
                StageServer server = StageWithPanel.start(stage, 0, opened).server()) {
            if (new RowReader(server.store()).count() > 0) {
                throw new IOException("The benchmark empties its tables, and " + stage.table()
                        + " has rows already. Give it a database of its own.");
            }
            HttpUser visitor = whoIsLoggedIn(server, logouts.get(0).protocol());
            visitor.send(logouts.get(0).protocol().keepNote("buy milk"));
            String cookie = visitor.cookie(stage.sessionCookie().name());
            try (FilledTable table = new FilledTable(address, stage.table(), cookie)) {
                List<Measurement> measured = new StageBenchmark(plan, logouts, server, table, cookie).run();
                table.empty();
                return measured;
            }
        }
    }

    /** Somebody who has logged in at a stage. */
    static HttpUser whoIsLoggedIn(StageServer server, PageProtocol protocol) throws IOException {
        DemoAccount account = DemoAccount.ALL.get(0);
        HttpUser visitor = new HttpUser(server.address(), "benchmark", new CookieJar());
        visitor.logIn(protocol, account.name(), account.password());
        return visitor;
    }

    /** Starts each program that has been packaged, one after the other, as often as the plan says. */
    private Map<String, List<ProgramStart>> starts() throws IOException {
        Map<String, List<ProgramStart>> starts = new LinkedHashMap<>();
        for (int start = 0; start < plan.starts(); start++) {
            for (Path jar : jars()) {
                int pages = jar.endsWith(ALL_STAGES) ? Stage.COUNT + 1 : 1;
                starts.computeIfAbsent(jar.getFileName().toString(), name -> new ArrayList<>())
                        .add(ProgramStart.of(jar, pages));
            }
        }
        return starts;
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            Stream<Path> stages = folders.filter(
                            folder -> folder.getFileName().toString().startsWith("stage-"))
                    .sorted()
                    .map(folder -> folder.resolve("target").resolve(folder.getFileName() + ".jar"));
            return Stream.concat(stages, Stream.of(root.resolve(ALL_STAGES)))
                    .filter(Files::exists)
                    .toList();
        }
    }
}
