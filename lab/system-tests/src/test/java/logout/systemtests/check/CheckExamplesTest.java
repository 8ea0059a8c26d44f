package logout.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import logout.app.Stage;
import logout.check.CheckCommand;
import logout.stage01.RedirectLogoutApp;
import logout.stage02.SpaLogoutApp;
import logout.stage04.DestroySessionApp;
import logout.systemtests.PostgreSql;
import logout.testing.CapturedOutput;
import logout.testing.RunningStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

/** The three examples of docs/check-your-own-app.md, on the stages that they describe. */
@ResourceLock(Resources.SYSTEM_OUT)
class CheckExamplesTest {

    @TempDir
    private Path folder;

    @Test
    void a_site_with_forms() throws IOException {
        try (RunningStage stage = RunningStage.of(RedirectLogoutApp.STAGE).start()) {
            assertThat(yes("form.conf", stage, 1)).containsExactlyInAnyOrder("logout-by-get", "cookie-replaced");
        }
    }

    @Test
    void a_single_page_app() throws IOException {
        try (RunningStage stage = RunningStage.of(SpaLogoutApp.STAGE).start()) {
            assertThat(yes("json.conf", stage, 1)).containsExactly("cookie-replaced");
        }
    }

    @Test
    void with_its_session_store() throws IOException {
        try (RunningStage stage = RunningStage.of(DestroySessionApp.STAGE)
                .on(PostgreSql.freshAddress())
                .start()) {
            assertThat(yes("store.conf", stage, 0)).isEmpty();
        }
    }

    /** Which conditions an example has, at the address and with the database that the test has. */
    private List<String> yes(String example, RunningStage running, int status) throws IOException {
        Stage stage = running.stage();
        String description = Files.readString(Path.of("../check/examples", example))
                .replace("localhost:" + stage.defaultPort(), running.address().getAuthority())
                .replaceFirst("jdbc = .*", "jdbc = " + running.databaseAddress().replace("$", "\\$"));
        Path file = Files.writeString(folder.resolve(example), description);
        try (CapturedOutput printed = CapturedOutput.begin()) {
            assertThat(new CommandLine(new CheckCommand()).execute("--format=json", file.toString()))
                    .as(printed.text())
                    .isEqualTo(status);
            return StreamSupport.stream(
                            JsonParser.parseString(printed.text())
                                    .getAsJsonObject()
                                    .getAsJsonArray("conditions")
                                    .spliterator(),
                            false)
                    .map(JsonElement::getAsJsonObject)
                    .filter(condition -> condition.get("verdict").getAsString().equals("yes"))
                    .map(condition -> condition.get("id").getAsString())
                    .toList();
        }
    }
}
