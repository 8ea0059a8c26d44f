package logout.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.launcher.StageWithPanel;
import logout.panel.RowReader;
import logout.sidebyside.Logout;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark measures what it says, not how long that takes. */
@DisplayName("The benchmark")
class BenchmarkTest {

    private static final BenchmarkPlan SMALL = new BenchmarkPlan(List.of(50, 200), List.of(1, 4), 5, 2, 20, 1);
    private static final BenchmarkPlan LEAST = new BenchmarkPlan(List.of(20), List.of(1), 1, 1, 5, 0);

    @TempDir
    Path nothingPackaged;

    @Test
    void has_a_line_for_each_logout_and_page_with_each_number_of_clients_and_rows() throws IOException {
        String tables = run(SMALL, Optional.empty());

        for (Logout logout : Logout.values()) {
            String request = logout.stage().number() + " `" + logout.method() + " " + logout.path() + "`";
            assertThat(tables)
                    .contains("| " + request + " | 1 | 50 | ", "| " + request + " | 1 | 200 | ")
                    .contains("| " + request + " | 4 | 50 | ", "| " + request + " | 4 | 200 | ");
        }
        assertThat(tables.lines().filter(line -> line.contains("`GET /lab/state`")))
                .hasSize(2 * 4);
        assertThat(tables.lines().filter(line -> line.contains(" | 50 | ")))
                .allMatch(line -> line.endsWith("| 1.00 |"));
        assertThat(tables).startsWith("H2 ").contains("Medians of 2 rounds of 20 requests", "run mvn package first");
    }

    @Test
    void measures_logouts_that_do_log_out_in_a_store_of_that_size() throws Exception {
        String address = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Database database = Database.at(address);
                StageServer server = StageWithPanel.start(Logout.STAGE_4.stage(), 0, database)
                        .server()) {
            PageProtocol protocol = Logout.STAGE_4.protocol();
            HttpUser ada = Benchmark.whoIsLoggedIn(server, protocol);
            FilledTable table = new FilledTable(
                    address,
                    Logout.STAGE_4.stage().table(),
                    ada.cookie(Logout.STAGE_4.stage().sessionCookie().name()));
            table.fillUpTo(50);
            assertThat(new RowReader(server.store()).newest(50)).hasSize(50).allMatch(row -> "ada".equals(row.user()));

            List<String> users = table.add(10);
            assertThat(new RowReader(server.store()).row(users.get(9)).user()).isEqualTo("ada");
            assertThat(new RowReader(server.store()).count()).isEqualTo(60);

            table.shrinkTo(50);
            assertThat(new RowReader(server.store()).count()).isEqualTo(50);
            assertThat(ada.isLoggedIn(protocol)).isTrue();
        }
    }

    @Test
    void leaves_a_database_alone_that_holds_sessions_already() throws Exception {
        String address = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Database database = Database.at(address);
                StageServer server = StageWithPanel.start(Logout.STAGE_1_GET.stage(), 0, database)
                        .server()) {
            Benchmark.whoIsLoggedIn(server, Logout.STAGE_1_GET.protocol());

            assertThatThrownBy(() -> run(LEAST, Optional.of(address)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("stage_01_sessions has rows already");

            assertThat(new RowReader(server.store()).count()).isEqualTo(1);
        }
    }

    @Test
    void leaves_no_row_in_a_database_that_it_was_given() throws Exception {
        String address = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Connection keptOpen = DriverManager.getConnection(address)) {
            run(LEAST, Optional.of(address));

            for (Logout logout : Logout.values()) {
                FilledTable table = new FilledTable(address, logout.stage().table(), "");
                assertThat(table.count()).isZero();
            }
            assertThat(keptOpen.isClosed()).isFalse();
        }
    }

    @Test
    void takes_figures_that_are_robust() {
        Statistics statistics = new Statistics(List.of(9.0, 1.0, 3.0, 2.0, 100.0));

        assertThat(statistics.median()).isEqualTo(3.0);
        assertThat(statistics.quantile(0.99)).isEqualTo(100.0);
        assertThat(statistics.inWords("%.1f")).isEqualTo("3.0 (1.0–100.0)");
    }

    private String run(BenchmarkPlan plan, Optional<String> database) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        new Benchmark(plan, database, nothingPackaged, out).run();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
