package logout.systemtests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import logout.benchmark.Benchmark;
import logout.benchmark.BenchmarkPlan;
import logout.sidebyside.Logout;
import logout.systemtests.PostgreSql;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On H2 the benchmark is tested beside its code, where there is no PostgreSQL. */
@DisplayName("The benchmark on PostgreSQL")
class BenchmarkOnPostgreSqlTest {

    private static final BenchmarkPlan SMALL = new BenchmarkPlan(List.of(50, 200), List.of(1), 5, 1, 20, 0);

    @Test
    void has_a_line_for_each_logout_and_number_of_rows() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        new Benchmark(SMALL, Optional.of(PostgreSql.freshAddress()), Path.of(""), out).run();

        String tables = printed.toString(StandardCharsets.UTF_8);
        assertThat(tables).startsWith("PostgreSQL ");
        for (Logout logout : Logout.values()) {
            String request = "| " + logout.stage().number() + " `" + logout.method() + " " + logout.path() + "` | 1 | ";
            assertThat(tables).contains(request + "50 | ", request + "200 | ");
        }
    }
}
