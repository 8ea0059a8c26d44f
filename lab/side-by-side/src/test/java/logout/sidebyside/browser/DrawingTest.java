package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import logout.app.Stage;
import logout.stage03.ClearCookieApp;
import logout.stage04.DestroySessionApp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

@DisplayName("The drawing of the last logout, in a real browser")
@Order(2)
class DrawingTest {

    private static final String SENTENCES =
            "return [...document.querySelectorAll('#lab-drawing .sentence')].map(one => one.innerText)";
    private static final String DRAWN =
            "return [...document.querySelectorAll('#lab-drawing svg [data-what]')].map(one => one.dataset.what)";
    private static final String RECORDED = """
            fetch('/lab/state').then(reply => reply.json()).then(({ logout }) => logout.recorded.flatMap(one => one.events)
                .sort((one, other) => one.order - other.order).map(event => event.what)).then(arguments[0])""";

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);

    /** What the drawing tells, with a letter for each id, in the order of their appearance. */
    private List<String> told() {
        String all = String.join("\n", texts(SENTENCES));
        char letter = 'A';
        var id = Pattern.compile("\\b[0-9a-f]{6}\\b");
        for (var found = id.matcher(all); found.find(); found = id.matcher(all)) {
            all = all.replace(found.group(), String.valueOf(letter++));
        }
        return all.lines().toList();
    }

    private static List<String> texts(String script) {
        return ((List<?>) browser.script(script)).stream().map(String::valueOf).toList();
    }

    private void tells(List<String> sentences) {
        browser.eventually(() -> assertThat(told()).containsExactlyElementsOf(sentences));
        assertThat(texts(DRAWN)).isEqualTo(browser.asyncScript(RECORDED));
    }

    private static List<String> logoutOf(Way way) {
        String begins = "The browser sends " + way.logout.call() + " with the cookie A.\n"
                + "The server reads the row A: ada, with a note.\n";
        String renews = """
                The server deletes the row A.
                The server reads the row A and finds none.
                The server inserts the row B: nobody, no note.
                The server puts the cookie B into its reply.
                """;
        String sets = "The server answers %d and sets the cookie B.";
        String rest = switch (way) {
            case LINK -> """
                            The server writes the row A: nobody, with a note.
                            The server answers 302 and sets no session cookie.""";
            case FORM -> renews + sets.formatted(302);
            case STAGE_2 -> renews + sets.formatted(204);
            case STAGE_3 ->
                "The server puts the deletion of the cookie into its reply.\n" + renews
                        + "The deletion is overtaken: B stands in its place.\n" + sets.formatted(204);
            case STAGE_4 -> """
                            The server deletes the row A.
                            The server puts the deletion of the cookie into its reply.
                            The server answers 204 and deletes the cookie.""";
        };
        return (begins + rest).lines().toList();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Way.class)
    @Order(1)
    void tells_what_was_recorded_in_its_order(Way way) {
        stage.start(way.stage);
        ada.hasKept("buy milk");

        ada.logsOut(way);

        tells(logoutOf(way));
        takePicture(way, "");
    }

    private void takePicture(Way way, String addition) {
        browser.setSize(1280, 800);
        browser.script("document.activeElement.blur()");
        String name = way == Way.LINK ? "-get" : way == Way.FORM ? "-post" : "";
        Pictures.takePart(browser, "drawing-stage-" + way.stage.number() + name + addition, "#lab-drawing");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Way.class)
    @Order(2)
    void shows_a_slow_save_around_the_logout(Way way) {
        stage.start(way.stage);
        ada.hasKept("buy milk");
        String save = way.logout.site().keepNote("late").toString();

        browser.click("#lab-try-slow-save");
        browser.eventually(
                () -> assertThat(browser.text("#lab-slow-save-outcome")).contains("Log out now"));
        ada.logsOut(way);

        String begins =
                "The slow save sends %s with the cookie A.\nFor %s, the server reads the row A: ada, with a note.\n";
        String ends = way == Way.LINK
                ? "\nFor %s, the server writes the row A: ada, with a note. ada is back in the store."
                        + "\nFor %s, the server answers 302 and sets no session cookie."
                : "\nFor %s, the server writes the row A and finds none: nothing is saved."
                        + "\nFor %s, the server answers 401 and sets no session cookie.";
        tells((begins + String.join("\n", logoutOf(way)) + ends)
                .formatted(save, save, save, save)
                .lines()
                .toList());
        takePicture(way, "-slow-save");
    }

    @Test
    @Order(3)
    void follows_the_route_that_runs_and_leaves_out_what_another_browser_does_meanwhile() {
        Stage edited = new Stage(3, "Edited", "Stage 4's routes", DestroySessionApp.STAGE.routes());
        stage.start(ClearCookieApp.STAGE);
        stage.running().server().replace(edited);
        ada.hasKept("buy milk");
        HttpResponse<String> save = stage.ask("POST", "/lab/slow-save", stage.graceLogsInElsewhere());
        assertThat(save.statusCode()).isEqualTo(202);

        ada.logsOut(Way.STAGE_3);

        tells(logoutOf(Way.STAGE_4));
    }

    @Test
    @Order(4)
    void is_stepped_through_with_the_keys_and_a_step_is_a_sentence() {
        stage.start(ClearCookieApp.STAGE);
        ada.hasKept("buy milk");
        ada.logsOut(Way.STAGE_3);
        browser.eventually(() -> assertThat(texts(SENTENCES)).isNotEmpty());
        int steps = texts(SENTENCES).size();

        browser.script("document.querySelector('#lab-drawing .drawing').focus()");
        press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT);

        assertThat(
                        texts(
                                "return [...document.querySelectorAll('#lab-drawing svg [data-step]:not(.ahead)')].map(one => one.dataset.step)"))
                .containsExactly("0", "1");
        assertThat(browser.text("#lab-drawing [aria-current=step] .sentence")).startsWith("The server reads the row");
        assertThat(browser.property("#lab-drawing [role=status]", "textContent"))
                .startsWith("2/" + steps + " The server reads the row");
        press(Keys.END);
        assertThat(browser.has("#lab-drawing .ahead")).isFalse();
    }

    private static void press(Keys... keys) {
        browser.driver().switchTo().activeElement().sendKeys(keys);
    }
}
