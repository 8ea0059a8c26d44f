package logout.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.launcher.DatabaseOption;
import logout.launcher.StageWithPanel;
import logout.sidebyside.Logout;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The benchmark as a program")
class BenchmarkProgramTest {

    @TempDir
    Path folder;

    /** What cannot be measured is the quickest way to see that the program runs, with this database, and how it ends. */
    @Test
    void says_why_it_cannot_measure_and_fails() throws Exception {
        String address = "jdbc:h2:file:" + folder.resolve("sessions").toAbsolutePath();
        try (Database database = Database.at(address);
                StageServer server = StageWithPanel.start(Logout.STAGE_1_GET.stage(), 0, database)
                        .server()) {
            Benchmark.whoIsLoggedIn(server, Logout.STAGE_1_GET.protocol());
        }

        ProcessBuilder command = new ProcessBuilder(
                        ProgramStart.JAVA,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchmarkCommand.class.getName(),
                        "--database=" + address)
                .redirectErrorStream(true);
        command.environment().put(DatabaseOption.VARIABLE, "jdbc:h2:mem:another");
        Process program = command.start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said)
                .contains("stage_01_sessions has rows already", "ended before it had measured everything")
                .doesNotContain("\tat ");
        assertThat(program.waitFor()).isEqualTo(1);
    }
}
