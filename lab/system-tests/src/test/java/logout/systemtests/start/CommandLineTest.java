package logout.systemtests.start;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.launcher.DatabaseOption;
import logout.stage04.DestroySessionApp;
import logout.systemtests.PostgreSql;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void it_says_where_it_is_and_stops_at_once_when_it_is_told_to() throws Exception {
        run("--port", "0");
        Matcher address =
                Pattern.compile("Stage 9 .* http://localhost:(\\d+)/").matcher(program.outputWith("Ctrl-C stops."));
        assertThat(address.find()).isTrue();
        int port = Integer.parseInt(address.group(1));
        assertThat(RestAssured.get("http://localhost:" + port + "/").statusCode())
                .isEqualTo(200);
        assertThat(program.output()).contains("ada (password analytical-engine)", "grace (password nanoseconds)");

        try (Socket unfinished = new Socket(InetAddress.getLoopbackAddress(), port)) {
            unfinished.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
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
        assertFree(port);
    }

    /** Some machines take localhost for ::1. */
    @Test
    void the_lab_panel_reaches_the_stage_where_localhost_is_the_ipv6_address() throws IOException {
        assumeTrue(NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null, "This machine has no ::1.");
        Path hosts = Files.writeString(folder.resolve("hosts"), "::1 localhost\n");
        program.javaOptions.add("-Djdk.net.hosts.file=" + hosts);
        run("--port", "0");
        Matcher address = Pattern.compile("http://localhost:\\d+/").matcher(program.outputWith("Ctrl-C stops."));
        assertThat(address.find()).isTrue();
        Response login = RestAssured.given()
                .formParam("username", "ada")
                .formParam("password", "analytical-engine")
                .post(address.group() + "api/login");
        assertThat(login.statusCode()).as(login.asString()).isEqualTo(200);
        String cookie = login.cookie("stage-09.sid");

        for (String path : List.of("lab/slow-save", "lab/foreign-link")) {
            assertThat(RestAssured.given()
                            .cookie("stage-09.sid", cookie)
                            .post(address.group() + path)
                            .statusCode())
                    .as(path)
                    .isEqualTo(202);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "--port=many"})
    void an_argument_that_makes_no_sense_is_refused_in_one_line(String argument) {
        run(argument);

        program.assertEndsWith(2);
        assertThat(program.errors()).hasSize(1);
        assertThat(program.errors().get(0)).contains(argument.split("=")[0]).endsWith("See --help.");
        assertThat(program.output()).isEmpty();
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

            program.assertEndsWith(1);
            assertThat(program.errors())
                    .containsExactly("Stage 9 cannot listen on port " + other.getLocalPort()
                            + ": it is in use. Choose another with --port N, or any free one with --port 0.");
        }
    }

    @Test
    void a_port_that_cannot_be_is_refused_in_one_line() {
        run("--port=70000");

        assertThat(program.exitCode()).isIn(1, 2);
        assertThat(program.errors()).hasSize(1);
        assertThat(program.errors().get(0)).contains("70000");
    }

    @Test
    void a_database_that_does_not_answer_is_named_without_the_password() throws IOException {
        int closed = freePort();
        long begin = System.nanoTime();

        run("--port=0", "--database", "jdbc:postgresql://localhost:" + closed + "/logout?user=me&password=secret");

        program.assertEndsWith(1);
        // It gives up after two seconds; the rest is room for a busy machine.
        assertThat(secondsSince(begin)).isLessThan(15);
        assertThat(program.errors()).hasSize(1);
        assertThat(program.errors().get(0))
                .contains("jdbc:postgresql://localhost:" + closed + "/logout", "Is it running")
                .doesNotContain("secret");
    }

    @Test
    void a_database_address_that_makes_no_sense_is_refused_in_one_line_before_what_the_environment_says() {
        program.environment.put(DatabaseOption.VARIABLE, "jdbc:of-the-environment");

        run("--port=0", "--database", "jdbc:postgresql://me:secret@localhost/logout");

        program.assertEndsWith(1);
        assertThat(program.errors()).hasSize(1);
        assertThat(program.errors().get(0)).contains("localhost/logout").doesNotContain("secret");
    }

    @Test
    void a_database_in_which_no_table_may_be_made_is_named_in_one_line_that_says_what_to_do() throws SQLException {
        String address = PostgreSql.freshAddress();
        String guest = "guest_" + System.nanoTime();
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + guest + " LOGIN");
            // As PostgreSQL has it by itself since version 15.
            statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        }

        run("--port=0", "--database", address.replace("user=postgres", "user=" + guest + "&password=secret"));

        program.assertEndsWith(1);
        assertThat(program.errors()).hasSize(1);
        assertThat(program.errors().get(0))
                .startsWith("The database at jdbc:postgresql://localhost:")
                .contains("permission denied for schema public", "must own the database")
                .doesNotContain("secret");
    }

    @Test
    void whatever_else_keeps_the_table_from_being_made_is_told_in_one_line() {
        // What is there already is not a table, but has its name.
        String view = "CREATE VIEW stage_09_sessions AS SELECT 1 AS one";

        run("--port=0", "--database", "jdbc:h2:mem:x;INIT=CREATE SCHEMA IF NOT EXISTS s\\;SET SCHEMA s\\;" + view);

        program.assertEndsWith(1);
        assertThat(program.errors()).hasSize(1);
        assertThat(program.errors().get(0)).startsWith("The database at jdbc:h2:mem:x cannot be used: ");
    }

    @Test
    void the_environment_may_say_where_the_database_is() {
        program.environment.put(DatabaseOption.VARIABLE, "jdbc:of-the-environment");
        run("--port=0");

        program.assertEndsWith(1);
        assertThat(program.errors())
                .containsExactly("The database address must begin with jdbc:postgresql: or jdbc:h2:");
    }

    @Test
    void a_codespace_s_environment_names_the_host_that_its_proxy_sends() throws IOException {
        int port = freePort();
        program.environment.putAll(Map.of(
                "CODESPACES", "true",
                "CODESPACE_NAME", "fluffy-space",
                "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "codespace.example"));
        run("--port=" + port);
        program.outputWith("Ctrl-C stops.");

        for (String host : List.of("fluffy-space-" + port + ".codespace.example", "localhost:" + port)) {
            assertThat(RestAssured.given()
                            .header("Host", host)
                            .get("http://localhost:" + port + "/")
                            .statusCode())
                    .as(host)
                    .isEqualTo(200);
        }
    }

    private void run(String... arguments) {
        program.run(TestProgram.class.getName(), arguments);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_git_that_hangs_keeps_neither_the_panel_nor_a_saved_edit_waiting() throws IOException {
        program.finds("git", "");
        program.classes.add(Path.of("../../stage-04-destroy-session/target/classes"));
        program.run(DestroySessionApp.class.getName(), "--port=0");
        Matcher address = Pattern.compile("http://localhost:\\d+/").matcher(program.outputWith("Ctrl-C stops."));
        assertThat(address.find()).isTrue();
        ProcessHandle git = program.hanging("git");

        RawReply state = RawConnection.exchange(URI.create(address.group()), RawRequest.of("GET", "/lab/state"));
        assertThat(state.status()).isEqualTo(200);
        assertThat(git.isAlive()).isTrue();

        until(
                "edits are taken",
                () -> program.errors().contains("  A saved edit of a stage's src/main is taken while it runs."));
        until("git is gone", () -> !git.isAlive());
    }

    private static long secondsSince(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void assertFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
