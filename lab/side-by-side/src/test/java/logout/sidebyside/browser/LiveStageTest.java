package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import logout.app.session.Database;
import logout.launcher.LiveSource;
import logout.launcher.StageSource;
import logout.launcher.StageWithPanel;
import logout.stage02.SpaLogoutApp;
import logout.testing.QuickAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stage whose source is edited while it runs")
@Order(5)
class LiveStageTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @TempDir
    private Path folder;

    private final Database database = Database.at("jdbc:h2:mem:" + UUID.randomUUID());
    private StageWithPanel stage;
    private Thread live;
    private Path app;

    @BeforeEach
    void ada_is_logged_in_to_stage_2_which_runs_from_a_copy_of_its_source() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("../.."), "stage-02-*")) {
            copy(found.iterator().next().resolve("src"), folder.resolve("stage-02-copy/src"));
        }
        app = folder.resolve("stage-02-copy/src/main/java/logout/stage02/SpaLogoutApp.java");
        stage = StageWithPanel.start(SpaLogoutApp.STAGE, 0, database, QuickAccounts.ALL);
        StageSource source = new StageSource(stage, folder.resolve("stage-02-copy"));
        live = LiveSource.watch(() -> List.of(source));
        browser.open(stage.server().address());
        browser.fillIn("#username", "ada");
        browser.fillIn("#password", "analytical-engine");
        browser.click("#log-in");
        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo("ada"));
        browser.script("window.notReloaded = true");
    }

    @AfterEach
    void stop() {
        live.interrupt();
        stage.close();
        database.close();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private void save(String before, String after) throws IOException {
        String text = Files.readString(app);
        assertThat(text).contains(before);
        Files.writeString(app, text.replace(before, after));
    }

    private void assertNotReloadedAndLoggedIn() {
        assertThat(browser.script("return window.notReloaded")).isEqualTo(true);
        assertThat(browser.status("/api/me")).isEqualTo(200);
    }

    @Test
    void shows_the_new_code_and_does_the_new_thing_with_everybody_still_logged_in() throws IOException {
        browser.eventually(() -> assertThat(browser.text("#lab-lines")).contains("Sessions.renew(request);"));

        save("Sessions.renew(request);", "request.session(false).invalidate();");

        browser.eventually(
                () -> assertThat(browser.text("#lab-lines")).contains("request.session(false).invalidate();"));
        assertThat(browser.text("#lab-source")).contains("edited");
        assertThat(browser.text("#lab-chapter")).contains("docs/stage-02-spa-logout.md", "docs/exercises/README.md");
        assertThat(browser.text("#lab-edit")).contains("− ", "Sessions.renew(request);");
        assertNotReloadedAndLoggedIn();
        browser.click("#log-out");
        browser.eventually(
                () -> assertThat(browser.text("[data-column=newRow]")).contains("none"));
        assertThat(browser.text("[data-column=oldRow]")).contains("gone");
    }

    @Test
    void goes_on_as_it_was_where_there_is_a_mistake_and_says_where_until_it_is_put_right() throws IOException {
        save("response.status(204);", "response.status(204)");

        browser.eventually(() -> assertThat(browser.text("#lab-problem"))
                .matches("What ran before goes on\\. SpaLogoutApp\\.java, line \\d+: ';' expected"));
        assertThat(browser.script(
                        "return document.getElementById('lab-problem').getBoundingClientRect().bottom < innerHeight"))
                .as("the mistake is in sight")
                .isEqualTo(true);
        assertNotReloadedAndLoggedIn();

        save("response.status(204)", "respons.status(204);");

        browser.eventually(() -> assertThat(browser.text("#lab-problem").lines().skip(1))
                .containsExactly("symbol: variable respons", "location: class logout.stage02.SpaLogoutApp"));

        save("respons.status(204);", "response.status(204);");

        browser.eventually(() -> assertThat(browser.text("#lab-problem")).isEmpty());
        assertNotReloadedAndLoggedIn();
        browser.click("#log-out");
        browser.eventually(() -> assertThat(browser.text("[data-column=reply]")).contains("204"));
    }

    @Test
    void takes_a_template_with_the_class_of_the_same_edit_and_nothing_beside_a_mistake() throws IOException {
        Path page = write("stage-02-copy/src/main/resources/logout/stage02/added.ftlh", "first");
        write(
                "stage-02-copy/src/main/java/logout/stage02/AnotherApp.java",
                "package logout.stage02; class AnotherApp {}");
        Path taken = folder.resolve("stage-02-copy/target/classes/logout/stage02/added.ftlh");
        Path style = write("lab/login-app/src/main/resources/logout/app/assets/page.css", "first");
        Path takenStyle = folder.resolve("lab/login-app/target/classes/logout/app/assets/page.css");
        browser.eventually(() -> assertThat(taken).hasContent("first"));
        browser.eventually(() -> assertThat(takenStyle).hasContent("first"));

        save("response.status(204);", "response.status(204)");
        problem("SpaLogoutApp.java", "';' expected");
        Files.writeString(style, "edited");
        Files.writeString(page, "edited");
        save("response.status(204)", "respons.status(204);");
        problem("variable respons");
        save("respons.status(204);", "response.status(204);");
        save("spark.get(\"/\"", "if (true) throw new AssertionError(\"no routes\"); spark.get(\"/\"");
        problem("no routes");
        save("if (true) throw new AssertionError(\"no routes\"); ", "");
        Files.writeString(page, "<#if half");
        problem("added.ftlh", "in line 1");
        Files.write(page, new byte[] {'b', (byte) 0xfc});
        problem("added.ftlh is not UTF-8");
        Files.writeString(page, "edited");
        Files.write(style, new byte[] {'b', (byte) 0xfc});
        problem("page.css is not UTF-8");
        Files.writeString(style, "edited");
        Files.write(app.resolveSibling("AnotherApp.java"), new byte[] {'/', '/', (byte) 0xfc});
        problem("AnotherApp.java is not UTF-8");
        assertThat(List.of(taken, takenStyle))
                .allSatisfy(file -> assertThat(file).hasContent("first"));

        Files.delete(app.resolveSibling("AnotherApp.java"));
        browser.eventually(() -> assertThat(browser.text("#lab-problem")).isEmpty());
        assertThat(List.of(taken, takenStyle))
                .allSatisfy(file -> assertThat(file).hasContent("edited"));
    }

    private Path write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        return Files.writeString(folder.resolve(file), text);
    }

    private void problem(String... words) {
        browser.eventually(() -> assertThat(browser.text("#lab-problem"))
                .startsWith("What ran before goes on. ")
                .contains(words));
    }

    @Test
    void takes_no_empty_file_and_says_of_an_edit_without_its_tags_that_it_runs_and_marks_no_route_that_no_logout_took()
            throws IOException {
        browser.click("#log-out");
        browser.eventually(
                () -> assertThat(browser.text("#lab-lines")).contains("the route that the last logout took"));
        String text = Files.readString(app);

        Files.writeString(app, "");
        Files.writeString(app.resolveSibling(".#SpaLogoutApp.java"), "no Java");

        browser.eventually(() -> assertThat(browser.text("#lab-problem"))
                .isEqualTo("What ran before goes on. SpaLogoutApp.java holds no class logout.stage02.SpaLogoutApp."));
        assertThat(browser.text("#lab-lines")).doesNotContain("the last logout took");

        Files.writeString(app, text.replaceAll("// (tag|end)::logout\\[]", ""));

        browser.eventually(
                () -> assertThat(browser.text("#lab-problem")).contains("The edit runs", "no route between the tags"));
        assertThat(browser.text("#lab-problem")).doesNotContain("What ran before goes on");
    }
}
