package logout.systemtests.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The three examples of docs/check-your-own-app.md, on the stages that they describe. */
@ResourceLock(Resources.SYSTEM_OUT)
class CheckExamplesTest {

    @TempDir
    private Path folder;

    @Test
    void a_site_with_forms() throws IOException {
        try (RunningStage stage = RunningStage.of(RedirectLogoutApp.STAGE).start()) {
            assertThat(checked("form.conf", stage, 1))
                    .contains("logout: the form to /logout on /profile")
                    .contains("The cookie stage-01.sid was replaced by a new one.");
        }
    }

    @Test
    void a_single_page_app() throws IOException {
        try (RunningStage stage = RunningStage.of(SpaLogoutApp.STAGE).start()) {
            assertThat(checked("json.conf", stage, 1))
                    .contains("login: 1 stale cookies of the pasted command were dropped")
                    .contains("The cookie stage-02.sid was replaced by a new one.");
        }
    }

    @Test
    void with_its_session_store() throws IOException {
        try (RunningStage stage = RunningStage.of(DestroySessionApp.STAGE)
                .on(PostgreSql.freshAddress())
                .start()) {
            assertThat(checked("store.conf", stage, 0))
                    .contains("The session's row is gone from the store.")
                    .contains("Nothing was seen to be left behind.");
        }
    }

    /** What is printed of an example, at the address and with the database that the test has. */
    private String checked(String example, RunningStage running, int status) throws IOException {
        Stage stage = running.stage();
        String description = Files.readString(Path.of("../check/examples", example))
                .replace("localhost:" + stage.defaultPort(), running.address().getAuthority())
                .replaceFirst("jdbc = .*", "jdbc = " + running.databaseAddress().replace("$", "\\$"));
        Path file = Files.writeString(folder.resolve(example), description);
        try (CapturedOutput printed = CapturedOutput.begin()) {
            assertThat(CheckCommand.command().execute(file.toString()))
                    .as(printed.text())
                    .isEqualTo(status);
            return printed.text();
        }
    }
}
