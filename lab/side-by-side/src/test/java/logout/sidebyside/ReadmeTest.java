package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The README")
class ReadmeTest {

    @Test
    void has_the_residue_table_that_a_fresh_run_prints() throws IOException {
        String readme = Files.readString(Path.of("../../README.md"));

        assertThat(readme)
                .as("Refresh it with: mvn -q compile exec:java -Dexec.args=--table=markdown")
                .contains(TableRun.inThisProcess("--table=markdown"));
    }
}
