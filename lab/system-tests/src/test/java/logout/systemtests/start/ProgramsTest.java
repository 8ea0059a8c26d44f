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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.launcher.DatabaseOption;
import logout.sidebyside.SideBySide;
import logout.stage04.DestroySessionApp;
import logout.testing.ProgramProcess;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A stage's program, and all stages' with Express, where that cannot be had or not yet. */
@Order(0) // it waits the longest: begun last, it would wait alone
class ProgramsTest {

    private static final int SIGTERM_EXIT_CODE = 128 + 15;

    @TempDir
    private Path folder;

    @AutoClose
    private ProgramProcess program;

    @BeforeEach
    void make() {
        program = new ProgramProcess(folder);
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
                    "Stage 9 cannot listen on port " + other.getLocalPort() + ": it is in use.",
                    "Choose another with --port N, or any free one with --port 0.");
        }
    }

    @Test
    void an_argument_says_where_the_database_is_before_the_environment_and_a_wrong_one_is_named_without_the_password() {
        program.environment.put(DatabaseOption.VARIABLE, "jdbc:of-the-environment");
        run("--port=0", "--database=jdbc:postgresql://me:secret@localhost/logout");

        assertEndsInOneLine("localhost/logout", "");
    }

    private void run(String... arguments) {
        program.run(TestProgram.class.getName(), arguments);
    }

    private void assertEndsInOneLine(String named, String end) {
        program.assertEndsWith(1);
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
    void without_node_the_table_has_the_stages_says_in_one_sentence_what_is_missing_and_ends_with_2() {
        program.environment.put("PATH", folder.toString());

        program.run(SideBySide.class.getName(), "--table", "--express", "--stage=4");

        program.assertEndsWith(2);
        assertThat(program.output()).contains("4 POST /api/logout", "another site can log the user");
        assertThat(program.errors())
                .filteredOn(line -> !line.startsWith("Trying "))
                .singleElement()
                .asString()
                .startsWith("Express needs Node.js, and there is no `node` here. Install Node.js 20 or newer");
    }

    /** Somebody takes what is sent to the registry, and never answers. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void without_a_network_it_is_said_within_ten_seconds() throws Exception {
        assumeTrue("true".equals(System.getenv("CI")) || isThere("npm"), "There is no npm here.");
        try (ServerSocket registry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            program.environment.put("npm_config_registry", "http://127.0.0.1:" + registry.getLocalPort());
            program.environment.put("npm_config_cache", folder.resolve("cache").toString());
            String story = storyOfAFreshClone();
            long begin = System.nanoTime();

            Response reply = RestAssured.get(story);

            // The rest is room for a busy machine.
            assertThat(secondsSince(begin)).isLessThan(20);
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.asString())
                    .contains("Express could not be installed: npm did not get its packages. Is there a network?");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void while_npm_installs_it_the_program_ends_at_once_and_npm_with_it() throws Exception {
        program.finds("node", "echo v20.0.0; exit");
        program.finds("npm", "[ $1 = ci ] || exit 0");
        String story = storyOfAFreshClone();
        CompletableFuture<?> waiting = CompletableFuture.runAsync(() -> RestAssured.get(story));
        ProcessHandle npm = program.hanging("npm");
        assertThat(waiting.isDone()).isFalse();
        long begin = System.nanoTime();

        program.stop();

        until("npm is gone", () -> !npm.isAlive());
        // Jetty by itself interrupts a request that is under way after 2.5 seconds.
        assertThat(secondsSince(begin)).isLessThan(2.4);
        program.assertEndsWith(SIGTERM_EXIT_CODE);
        assertThat(secondsSince(begin)).isLessThan(5);
    }

    /** Starts the program, which finds Express in a folder where nothing is installed yet, and returns where to ask for it. */
    private String storyOfAFreshClone() throws Exception {
        Path express = Files.createDirectories(folder.resolve("lab/express"));
        Process copy = new ProcessBuilder("cp", "-R", "package.json", "package-lock.json", "target", express.toString())
                .directory(Path.of("../express").toFile())
                .start();
        assertThat(copy.waitFor()).isZero();
        program.classes.add(express.resolve("target/classes"));
        program.run(SideBySide.class.getName(), "--stage=4", "--port=0");
        URI page = program.address(".*side by side");
        assertThat(RestAssured.get(page).statusCode()).isEqualTo(200);
        return page + "api/story?stack=express";
    }

    private static boolean isThere(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
