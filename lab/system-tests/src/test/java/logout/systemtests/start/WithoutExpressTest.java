package logout.systemtests.start;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import logout.testing.ProgramProcess;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The stages, where the Express logouts cannot be had, or not yet. */
class WithoutExpressTest {

    private static final String PROGRAM = "logout.sidebyside.SideBySide";

    @TempDir
    private Path folder;

    @AutoClose
    private ProgramProcess program;

    @BeforeEach
    void make() {
        program = new ProgramProcess(folder);
    }

    @Test
    void without_node_the_table_has_the_stages_says_in_one_sentence_what_is_missing_and_ends_with_2() {
        program.environment.put("PATH", folder.toString());

        program.run(PROGRAM, "--table", "--express", "--stage=4");

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
        program.assertEndsWith(CommandLineTest.SIGTERM_EXIT_CODE);
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
        program.run(PROGRAM, "--stage=4", "--port=0");
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
