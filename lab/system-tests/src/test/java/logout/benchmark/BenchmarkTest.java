package logout.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.StoredSession;
import logout.launcher.DatabaseOption;
import logout.sidebyside.Logout;
import logout.testing.ProgramProcess;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark measures what it says, not how long that takes. */
@DisplayName("The benchmark")
class BenchmarkTest {

    @TempDir
    Path root;

    @Test
    void has_a_line_for_each_program_that_is_there_and_for_each_logout_and_size() throws Exception {
        Path start = root.resolve("stage-04-destroy-session/target/start");
        Files.createDirectories(start.getParent());
        Files.writeString(start, "-cp " + System.getProperty("java.class.path") + " logout.stage04.DestroySessionApp");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        new Benchmark(List.of(10, 20), 1, 2, out).run(Optional.empty(), root);

        Stream<String> programs = Stream.of("`java @stage-04-destroy-session/target/start` | ");
        Stream<String> logouts = Stream.of(Logout.values())
                .flatMap(one -> Stream.of(10, 20)
                        .map(size ->
                                one.stage().number() + " `" + one.method() + " " + one.path() + "` | " + size + " | "));
        List<String> rows = printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("\\| .* \\d[\\d.]* \\([\\d.]+–[\\d.]+\\) \\|.*"))
                .toList();
        assertThat(rows)
                .zipSatisfy(
                        Stream.concat(programs, logouts).toList(),
                        (row, begin) -> assertThat(row).startsWith("| " + begin));
    }

    @Test
    void measures_logouts_that_log_out_in_a_store_of_that_size_and_empties_it() throws Exception {
        try (RunningStage beside = RunningStage.of(Logout.STAGE_3.stage()).start()) {
            try (FilledStage stage = new FilledStage(beside.stage(), beside.databaseAddress(), beside.database())) {
                stage.logOut(Logout.STAGE_3.call(), 50, 2, 10);
                assertThat(beside.rows())
                        .hasSize(50)
                        .extracting(StoredSession::user)
                        .filteredOn("ada"::equals)
                        .hasSize(40);

                assertThatThrownBy(() -> stage.logOut(Call.page("/"), 50, 1, 1))
                        .hasMessage("GET / has not logged out whom it should.");
                assertThat(beside.rows())
                        .hasSize(50)
                        .extracting(StoredSession::user)
                        .containsOnly("ada");
                assertThatThrownBy(() -> stage.logOut(Call.page("/nowhere"), 50, 1, 1))
                        .hasMessage("GET /nowhere was answered 404.");
            }
            assertThat(beside.rows()).isEmpty();
        }
    }

    /** What cannot be measured is the quickest way to see that the program runs, with this database, and how it ends. */
    @Test
    void leaves_a_database_alone_that_holds_sessions_says_so_and_fails() throws Exception {
        String address = "jdbc:h2:file:" + root.resolve("sessions").toAbsolutePath() + ";AUTO_SERVER=TRUE";
        try (RunningStage stage =
                        RunningStage.of(Logout.STAGE_1_GET.stage()).on(address).start();
                ProgramProcess program = new ProgramProcess(root)) {
            stage.newBrowser().logIn();

            program.environment.put(DatabaseOption.VARIABLE, "jdbc:h2:mem:another");
            program.run(BenchmarkCommand.class.getName(), "--database=" + address);

            program.assertEndsWith(1);
            assertThat(program.errors())
                    .anyMatch(line -> line.contains("stage_01_sessions has rows already"))
                    .anyMatch(line -> line.contains("ended before it had measured everything"))
                    .noneMatch(line -> line.startsWith("\tat "));
            assertThat(stage.rows()).hasSize(1);
        }
    }

    @Test
    void takes_figures_that_are_robust() {
        assertThat(Benchmark.inWords("%.1f", List.of(9.0, 1.0, 3.0, 2.0, 100.0)))
                .isEqualTo("3.0 (1.0–100.0)");
    }
}
