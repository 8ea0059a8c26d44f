package logout.systemtests.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The residue table with the Express logouts, where there is no Node.js. */
class WithoutNodeTest {

    @TempDir
    private Path folder;

    @Test
    void has_the_stages_says_in_one_sentence_what_is_missing_and_ends_with_2() throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "logout.sidebyside.SideBySide",
                        "--table",
                        "--express")
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        program.environment().put("PATH", folder.toString());

        Process process = program.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(2);
        assertThat(Files.readString(output)).contains("4 POST /api/logout", "another site can log the user");
        assertThat(Files.readString(errors))
                .contains("Express needs Node.js, and there is no `node` here. Install Node.js 20 or newer")
                .doesNotContain("\tat ");
    }
}
