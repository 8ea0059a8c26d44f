package logout.systemtests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import logout.benchmark.Benchmark;
import logout.systemtests.PostgreSql;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On H2 the benchmark is tested beside its code, where there is no PostgreSQL. */
@DisplayName("The benchmark on PostgreSQL")
class BenchmarkOnPostgreSqlTest {

    private static final String FIGURE = "[\\d.]+ \\([\\d.]+–[\\d.]+\\)";

    @Test
    void has_a_line_beside_express_for_one_client_and_for_many() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        new Benchmark(List.of(), 1, 2, out).run(Optional.of(PostgreSql.freshAddress()), Path.of("target/nothing"));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("No program is packaged yet")
                .containsPattern("\\| 1 \\| " + FIGURE + " \\| " + FIGURE + " \\| " + FIGURE + " \\|")
                .containsPattern("\\| 16 \\| " + FIGURE + " \\| " + FIGURE + " \\| " + FIGURE + " \\|");
    }
}
