package logout.systemtests.start;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import logout.app.StartException;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.launcher.DatabaseOption;
import logout.stage04.DestroySessionApp;
import logout.systemtests.PostgreSql;
import logout.testing.ProgramProcess;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stage's program. */
class CommandLineTest {

    static final int SIGTERM_EXIT_CODE = 128 + 15;

    @TempDir
    private Path folder;

    private ProgramProcess program;

    @BeforeEach
    void make() {
        program = new ProgramProcess(folder);
    }

    @AfterEach
    void end() {
        program.close();
    }

    /** With the environment of a Codespace, and as on machines that take localhost for ::1. */
    @Test
    void it_says_where_it_is_answers_by_each_of_its_names_and_stops_at_once_when_it_is_told_to() throws Exception {
        program.environment.putAll(Map.of(
                "CODESPACES", "true",
                "CODESPACE_NAME", "fluffy-space",
                "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "codespace.example"));
        boolean hasIpv6 = NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
        Path hosts = Files.writeString(folder.resolve("hosts"), (hasIpv6 ? "::1" : "127.0.0.1") + " localhost\n");
        program.javaOptions.add("-Djdk.net.hosts.file=" + hosts);
        run("--port=0");
        URI address = program.address("Stage 9");
        int port = address.getPort();
        assertThat(program.output()).contains("ada (password analytical-engine)", "grace (password nanoseconds)");

        for (String host : List.of("fluffy-space-" + port + ".codespace.example", "localhost:" + port)) {
            RawRequest home = RawRequest.of("GET", "/").host(host);
            try (RawConnection connection = new RawConnection(InetAddress.getLoopbackAddress(), port)) {
                assertThat(connection.send(home).reply().status()).as(host).isEqualTo(200);
            }
        }
        HttpUser ada = new HttpUser(address, "test", new CookieJar());
        ada.send(PageProtocol.SINGLE_PAGE.logIn("ada", "analytical-engine"));
        for (String path : List.of("/lab/slow-save", "/lab/foreign-link")) {
            assertThat(ada.send(Call.of("POST", path)).statusCode())
                    .as("the lab panel reaches the stage: %s", path)
                    .isEqualTo(202);
        }

        try (RawConnection unfinished = new RawConnection(address)) {
            unfinished.write("GET / HTTP/1.1\r\n");
            long begin = System.nanoTime();

            program.stop();

            program.exitCode();
            // About a quarter of a second; five leave room for a busy machine.
            assertThat(secondsSince(begin)).isLessThan(5);
        }
        if (OS.current() != OS.WINDOWS) {
            program.assertEndsWith(SIGTERM_EXIT_CODE);
        }
        assertThat(program.errors())
                .containsExactly("  Edits are not taken while it runs: its source is not beside its classes.");
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    @ParameterizedTest
    @CsvSource({"--prot, 2, --prot, See --help.", "--port=70000, 1, 70000, ports go from 0 to 65535."})
    void an_argument_that_makes_no_sense_is_refused_in_one_line(String argument, int status, String named, String end) {
        run(argument);

        assertEndsInOneLine(status, named, end);
    }

    @Test
    void help_says_what_can_be_asked_for() {
        run("--help");

        program.assertEndsWith(0);
        assertThat(program.output().replaceAll("\\s+", " "))
                .contains("--port", "--database", "LOGOUT_DATABASE", "Default: 4570 and the stage's number");
        assertThat(program.errors()).isEmpty();
    }

    @Test
    void a_taken_port_is_named_and_another_suggested_in_one_line() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            run("--port", String.valueOf(other.getLocalPort()));

            assertEndsInOneLine(
                    1,
                    "Stage 9 cannot listen on port " + other.getLocalPort() + ": it is in use.",
                    "Choose another with --port N, or any free one with --port 0.");
        }
    }

    /** The argument comes first. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:of-the-environment,, The database address must begin with jdbc:postgresql: or jdbc:h2:",
        "jdbc:of-the-environment, --database=jdbc:postgresql://me:secret@localhost/logout, localhost/logout",
    })
    void
            the_environment_or_an_argument_says_where_the_database_is_and_a_wrong_one_is_named_in_one_line_without_the_password(
                    String environment, String argument, String named) {
        program.environment.put(DatabaseOption.VARIABLE, environment);
        run(Stream.of("--port=0", argument).filter(Objects::nonNull).toArray(String[]::new));

        assertEndsInOneLine(1, named, "");
    }

    private void run(String... arguments) {
        program.run(TestProgram.class.getName(), arguments);
    }

    private void assertEndsInOneLine(int status, String named, String end) {
        program.assertEndsWith(status);
        assertThat(program.errors())
                .singleElement()
                .asString()
                .contains(named)
                .endsWith(end)
                .doesNotContain("secret");
        assertThat(program.output()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_git_that_hangs_keeps_neither_the_panel_nor_a_saved_edit_waiting() throws IOException {
        program.finds("git", "");
        program.classes.add(Path.of("../../stage-04-destroy-session/target/classes"));
        program.run(DestroySessionApp.class.getName(), "--port=0");
        URI address = program.address("Stage 4");
        ProcessHandle git = program.hanging("git");

        RawReply state = RawConnection.exchange(address, RawRequest.of("GET", "/lab/state"));
        assertThat(state.status()).isEqualTo(200);
        assertThat(git.isAlive()).isTrue();

        until(
                "edits are taken",
                () -> program.errors().contains("  A saved edit of a stage's src/main is taken while it runs."));
        until("git is gone", () -> !git.isAlive());
    }

    @Test
    void a_database_in_which_no_table_may_be_made_is_named_in_one_line_that_says_what_to_do() {
        String address = PostgreSql.freshAddress();
        String guest = "guest_" + System.nanoTime();
        // The second: as PostgreSQL has it by itself since version 15.
        PostgreSql.execute(address, "CREATE ROLE " + guest + " LOGIN", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        assertCannotStart(
                address.replace("user=postgres", "user=" + guest + "&password=secret"),
                "The database at jdbc:postgresql://localhost:",
                "permission denied for schema public",
                "must own the database");
    }

    @Test
    void whatever_else_keeps_the_table_from_being_made_is_told_in_one_line() {
        // What is there already is not a table, but has its name.
        String view = "CREATE VIEW " + DestroySessionApp.STAGE.table() + " AS SELECT 1 AS one";

        assertCannotStart(
                "jdbc:h2:mem:x;INIT=CREATE SCHEMA IF NOT EXISTS s\\;SET SCHEMA s\\;" + view,
                "The database at jdbc:h2:mem:x cannot be used: ");
    }

    private static void assertCannotStart(String databaseAddress, String... sentences) {
        assertThatThrownBy(() -> RunningStage.of(DestroySessionApp.STAGE)
                        .on(databaseAddress)
                        .start())
                .isInstanceOf(StartException.class)
                .message()
                .hasLineCount(1)
                .contains(sentences)
                .doesNotContain("secret");
    }

    private static long secondsSince(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}
