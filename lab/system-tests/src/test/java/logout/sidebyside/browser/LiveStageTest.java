package logout.sidebyside.browser;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import logout.testing.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an edit does to a logout, and that everybody stays logged in meanwhile, {@link WalkTest} proves. */
@DisplayName("A stage whose source is edited while it runs")
@Order(5)
class LiveStageTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    @TempDir
    private Path folder;

    private final Ada ada = new Ada(browser, stage);
    private Path app;

    @BeforeEach
    void stage_2_runs_from_a_copy_of_its_source() throws IOException {
        stage.start(Way.STAGE_2.stage);
        app = stage.runsFrom(folder.resolve("stage-copy"));
    }

    private void save(String before, String after) throws IOException {
        String text = Files.readString(app);
        assertThat(text).contains(before);
        Files.writeString(app, text.replace(before, after));
    }

    /** To compile takes a busy machine longer than a page may take to show what came of it. */
    private void saveAndAwait(String before, String after) throws IOException {
        int edits = edits();
        save(before, after);
        until("the edit is taken or refused", () -> edits() > edits);
    }

    private int edits() {
        return stage.running().newBrowser().panel().number("code");
    }

    @Test
    void shows_the_new_code_and_where_a_mistake_is_and_marks_no_route_that_no_logout_took() throws IOException {
        ada.hasKept("buy milk");
        browser.script("window.notReloaded = true");

        saveAndAwait("response.status(204);", "response.status(204)");

        browser.eventually(() -> assertThat(browser.text("#lab-problem"))
                .matches("What ran before goes on\\. SpaLogoutApp\\.java, line \\d+: ';' expected"));
        assertThat(browser.script(
                        "return document.getElementById('lab-problem').getBoundingClientRect().bottom < innerHeight"))
                .as("the mistake is in sight")
                .isEqualTo(true);

        saveAndAwait("response.status(204)", "respons.status(204);");

        browser.eventually(() -> assertThat(browser.text("#lab-problem").lines().skip(1))
                .containsExactly("symbol: variable respons", "location: class logout.stage02.SpaLogoutApp"));

        saveAndAwait("respons.status(204);", "response.status(204);");

        browser.eventually(() -> assertThat(browser.text("#lab-problem")).isEmpty());
        ada.logsOut(Way.STAGE_2);
        String route = "the route that the last logout took";
        browser.eventually(() -> assertThat(browser.text("#lab-lines")).contains("Sessions.renew(request);", route));

        saveAndAwait("Sessions.renew(request);", "request.session(false).invalidate();");

        browser.eventually(() -> assertThat(browser.text("#lab-lines"))
                .contains("request.session(false).invalidate();")
                .doesNotContain(route));
        assertThat(browser.text("#lab-source")).contains("edited");
        assertThat(browser.text("#lab-chapter")).contains("docs/stage-02-spa-logout.md", "docs/exercises/README.md");
        assertThat(browser.text("#lab-edit")).contains("− ", "Sessions.renew(request);");
        assertThat(browser.script("return window.notReloaded")).isEqualTo(true);
    }

    @Test
    void takes_a_template_with_the_class_of_the_same_edit_and_nothing_beside_a_mistake() throws IOException {
        Path page = write("stage-copy/src/main/resources/logout/stage02/added.ftlh", "first");
        Path another = write(
                "stage-copy/src/main/java/logout/stage02/AnotherApp.java",
                "package logout.stage02; class AnotherApp {}");
        Path taken = folder.resolve("stage-copy/target/classes/logout/stage02/added.ftlh");
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
        Files.write(another, new byte[] {'/', '/', (byte) 0xfc});
        problem("AnotherApp.java is not UTF-8");
        assertThat(List.of(taken, takenStyle))
                .allSatisfy(file -> assertThat(file).hasContent("first"));

        Files.delete(another);
        browser.eventually(() -> assertThat(problem()).isNull());
        assertThat(List.of(taken, takenStyle))
                .allSatisfy(file -> assertThat(file).hasContent("edited"));
    }

    @Test
    void takes_no_half_written_or_empty_file_and_says_of_an_edit_without_its_tags_that_it_runs() throws IOException {
        String text = Files.readString(app);
        AtomicInteger looks = new AtomicInteger();
        stage.beforeEachLook = () -> app.toFile().setLastModified(looks.incrementAndGet() * 1_000L);
        Files.writeString(app, text.substring(0, text.length() / 2));
        until("it is looked at while it is written", () -> looks.get() > 5);
        assertThat(problem()).isNull();
        stage.beforeEachLook = () -> {};

        Files.writeString(app, "");
        Files.writeString(app.resolveSibling(".#SpaLogoutApp.java"), "no Java");

        problem("SpaLogoutApp.java holds no class logout.stage02.SpaLogoutApp.");

        Files.writeString(app, text.replaceAll("// (tag|end)::logout\\[]", ""));

        browser.eventually(
                () -> assertThat(problem()).startsWith("The edit runs").contains("no route between the tags"));
    }

    private Path write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        return Files.writeString(folder.resolve(file), text);
    }

    private void problem(String... words) {
        browser.eventually(() ->
                assertThat(problem()).startsWith("What ran before goes on. ").contains(words));
    }

    private String problem() {
        return Json.of(stage.running().newBrowser().get("/lab/code")).text("problem");
    }
}
