package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import logout.experiment.ResidueColumn;
import logout.launcher.DatabaseOption;
import logout.panel.RowReader;
import logout.sidebyside.ComparisonServer;
import logout.sidebyside.Logout;
import logout.sidebyside.ReadmeTable;
import logout.sidebyside.RunningStages;
import logout.testing.QuickAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

@DisplayName("The comparison page")
@Order(8)
class ComparisonPageTest {

    private static final int STEPS = 7;
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final List<Logout> LOGOUTS = List.of(Logout.values());

    /** In CSS pixels, without the margins. */
    private static final int A4_LANDSCAPE = 1047;

    private static final String STYLE = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]";
    private static final String FONT_SIZE = "return getComputedStyle(document.querySelector(arguments[0])).fontSize";
    private static final String SHOWN =
            "return [...document.querySelectorAll(arguments[0])].filter(part => part.checkVisibility()).length";

    /** Whether nothing lies over the middle of an element. */
    private static final String IS_IN_SIGHT = """
            const part = document.querySelector(arguments[0]);
            const { left, top, width, height } = part.getBoundingClientRect();
            return part.contains(document.elementFromPoint(left + width / 2, top + height / 2));""";

    private static final String PLACES = """
            return [...document.querySelectorAll('.top > *:not(#stack-news), .now, #back, #next')]
                .map(part => JSON.stringify([part.id, part.getBoundingClientRect()]));""";

    /** What can be pressed, and is lower or narrower than 24 pixels. */
    private static final String SMALL_TARGETS = """
            return [...document.querySelectorAll('a, button')].filter(part => part.checkVisibility())
                .filter(part => part.getBoundingClientRect().width < 24 || part.getBoundingClientRect().height < 24)
                .map(part => part.outerHTML);""";

    private static final String END_RUN = """
            const { name } = JSON.parse(sessionStorage.getItem('run on spark'));
            return fetch('/api/end', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ run: name }) })
                .then(reply => reply.status);""";

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    private RunningStages stages;
    private ComparisonServer server;

    @BeforeEach
    void a_presenter_opens_it_on_a_projector() {
        stages = RunningStages.start(
                LOGOUTS.stream().map(Logout::stage).distinct().toList(),
                0,
                new DatabaseOption(),
                QuickAccounts.ALL,
                one -> {});
        server = ComparisonServer.start(0, stages, LOGOUTS);
        browser.setSize(WIDTH, HEIGHT);
        browser.prefers(Map.of("prefers-reduced-motion", "reduce"));
        browser.open(server.address());
        browser.eventually(
                () -> assertThat(browser.find("#comparison").isDisplayed()).isTrue());
    }

    @AfterEach
    void the_lesson_is_over() {
        server.close();
        stages.close();
    }

    private void press(Keys... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    private void isAtStep(int number) {
        browser.eventually(() -> {
            assertThat(browser.text("#now-title")).startsWith(number + "/" + STEPS);
            assertThat(browser.has("[data-state=running]")).isFalse();
        });
    }

    private String cell(ResidueColumn line, Logout logout) {
        return browser.text(cellOf(line, logout) + " .words");
    }

    private static String cellOf(ResidueColumn line, Logout logout) {
        return "tr[data-line=" + line.key() + "] td[data-column=\"" + logout.ordinal() + "\"]";
    }

    @Test
    @Order(1)
    void tells_the_whole_story_with_a_clicker_and_there_is_nothing_to_scroll_at_any_step() {
        for (int step = 1; step <= STEPS; step++) {
            press(Keys.PAGE_DOWN);
            isAtStep(step);
            assertThat(browser.script("return document.documentElement.scrollHeight"))
                    .isEqualTo((long) HEIGHT);
            assertThat(browser.script("return document.documentElement.scrollWidth"))
                    .isEqualTo((long) WIDTH);
            Pictures.take(browser, "comparison-step-" + step);
        }

        for (Logout logout : LOGOUTS) {
            Map<String, String> seen = new LinkedHashMap<>();
            for (ResidueColumn line : ResidueColumn.values()) {
                seen.put(line.title(), cell(line, logout));
            }
            Map<String, String> table = ReadmeTable.ofTheReadme().column(logout);
            table.remove("what the route does");
            assertThat(seen).as(logout.toString()).containsExactlyEntriesOf(table);
        }
    }

    @Test
    @Order(2)
    void shows_the_express_logouts_on_the_same_page_and_comes_back_to_where_one_was() {
        browser.click("[data-step=KEEP_NOTE]");
        isAtStep(2);

        browser.click("#express");
        browser.eventually(() -> {
            assertThat(browser.text("#stack-news")).isEmpty();
            assertThat(browser.has("#comparison[data-stack=express]")).isTrue();
        });
        for (int step = 1; step <= STEPS; step++) {
            press(Keys.PAGE_DOWN);
            isAtStep(step);
        }

        assertThat(browser.script("return document.documentElement.scrollHeight"))
                .isEqualTo((long) HEIGHT);
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .isEqualTo((long) WIDTH);
        assertThat(browser.text("tr[data-line=replay] td[data-column=\"1\"] .words"))
                .isEqualTo("logged in, reads the note");
        assertThat(browser.text("tr[data-line=setCookie] td[data-column=\"4\"] .words"))
                .isEqualTo("2: the deletion, then a new id");
        assertThat(browser.text("tr[data-line=saveInFlight] td[data-column=\"6\"] .words"))
                .isEqualTo("yes");
        assertThat(browser.text("#now-remark")).contains("the old session lives on");
        Pictures.take(browser, "comparison-express");
        browser.click("#logouts [data-stage=\"7\"] .open-code");
        assertThat(browser.text("#code-lines")).contains("if (error) return next(error);");
        browser.click("#code-close");
        opensTheDrawing(4);
        assertThat(browser.text("#drawn"))
                .contains("Another site sends POST /api/logout without a session cookie.")
                .contains("No reply to POST /api/logout has been seen.");
        browser.click("#drawing-close");

        browser.click("#spark");
        isAtStep(2);
        assertThat(browser.text("#logouts")).contains("Stage 4").doesNotContain("Express");
    }

    private void opensTheDrawing(int column) {
        browser.click("#logouts th:nth-child(" + (column + 2) + ") .open-drawing");
        browser.eventually(() -> assertThat(browser.has("#drawn .drawing")).isTrue());
    }

    @Test
    @Order(2)
    void draws_what_was_just_done_on_a_logout_and_steps_through_it_not_through_the_page() {
        press(Keys.PAGE_DOWN);
        isAtStep(1);
        opensTheDrawing(5);
        assertThat(browser.text("#drawn"))
                .contains("The visitor sends POST /api/login without a session cookie.")
                .doesNotContain("is back");
        Pictures.takePart(browser, "drawing-login", "#drawing");
        browser.click("#drawing-close");

        browser.click("[data-step=LOG_OUT]");
        isAtStep(3);
        opensTheDrawing(4);
        assertThat(browser.text("#drawn")).contains("The deletion is overtaken");
        press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(browser.text("#drawn [aria-current=step]")).contains("The server reads the row");
        browser.click("#drawing-close");
        isAtStep(3);

        browser.click("[data-step=SLOW_SAVE]");
        isAtStep(6);
        opensTheDrawing(1);

        assertThat(browser.text("#drawn"))
                .contains(
                        "The slow save sends POST /note", "The visitor sends GET /logout", "ada is back in the store.");
        press(Keys.ESCAPE);
        browser.eventually(() -> assertThat(browser.has("dialog[open]")).isFalse());
    }

    @Test
    @Order(2)
    void makes_what_is_surprising_stand_out() {
        browser.click("[data-step=FOREIGN_LINK]");
        isAtStep(STEPS);

        assertThat(browser.has(cellOf(ResidueColumn.SET_COOKIE, Logout.STAGE_3) + "[data-kind=left][data-overwritten]"))
                .isTrue();
        assertThat(browser.has(cellOf(ResidueColumn.OLD_ROW, Logout.STAGE_1_GET) + "[data-kind=left]"))
                .isTrue();
        assertThat(browser.has(cellOf(ResidueColumn.SAVE_IN_FLIGHT, Logout.STAGE_1_GET) + "[data-kind=left]"))
                .isTrue();
        assertThat(browser.has(cellOf(ResidueColumn.COOKIE, Logout.STAGE_4) + "[data-kind=clean]"))
                .isTrue();
    }

    @Test
    @Order(3)
    void keeps_its_run_its_step_and_what_is_covered_when_it_is_loaded_anew() {
        browser.click("#predict");
        browser.click("[data-step=KEEP_NOTE]");
        isAtStep(2);
        press(Keys.PAGE_DOWN);
        browser.eventually(
                () -> assertThat(browser.has("[data-line=user] .fingerprint")).isTrue());
        String fingerprint = fingerprintOfStage4();
        int rows = rows();
        assertThat(browser.driver().getCurrentUrl()).endsWith("/?step=2");

        browser.reload();
        isAtStep(2);
        assertThat(fingerprintOfStage4()).isEqualTo(fingerprint);
        assertThat(browser.has("[data-line=note] .fingerprint")).as("covered").isFalse();
        assertThat(rows()).isEqualTo(rows);

        press(Keys.PAGE_UP);
        isAtStep(1);
        browser.reload();
        isAtStep(1);
        assertThat(browser.has("[data-line=note]"))
                .as("done, but taken off the page")
                .isFalse();

        browser.click("#predict");
        browser.click("[data-step=LOG_OUT]");
        isAtStep(3);
        assertThat(browser.text("tr[data-line=cookie] td[data-column=\"0\"] .fingerprint"))
                .as("stage 1's link leaves the cookie of the run that went on")
                .isEqualTo(browser.text("tr[data-line=user] td[data-column=\"0\"] .fingerprint"));

        browser.script(END_RUN);
        browser.reload();
        browser.eventually(() -> assertThat(browser.text("#trouble")).contains("This run is over."));
        assertThat(browser.has(".fingerprint")).isFalse();
        browser.click("#recover");
        press(Keys.PAGE_DOWN);
        isAtStep(1);
    }

    @Test
    @Order(3)
    void keeps_cells_covered_until_they_are_revealed_one_by_one_or_a_row_at_a_time() {
        press(Keys.ARROW_RIGHT);
        isAtStep(1);
        press(Keys.ARROW_RIGHT);
        isAtStep(2);
        browser.click("#predict");
        press(Keys.ARROW_RIGHT);
        isAtStep(3);
        assertThat(browser.has("tr[data-line=note] .cover")).isFalse();
        assertThat(browser.property("#step-LOG_OUT", "textContent")).doesNotContain("204", "new id", "gone");
        Pictures.take(browser, "comparison-covered");

        browser.click("tr[data-line=cookie] td[data-column=\"4\"] .cover");
        browser.eventually(
                () -> assertThat(cell(ResidueColumn.COOKIE, Logout.STAGE_4)).isEqualTo("gone"));
        assertThat(browser.has("tr[data-line=cookie] td[data-column=\"3\"] .cover"))
                .isTrue();
        assertThat(browser.has("td[data-column=\"4\"] .cover:focus"))
                .as("the focus stays in its column")
                .isTrue();

        for (String row : List.of("reply", "setCookie", "cookie")) {
            String cover = "tr[data-line=" + row + "] .cover";
            assertThat(browser.has(cover)).isTrue();
            press(Keys.ARROW_RIGHT);
            browser.eventually(() -> assertThat(browser.has(cover)).isFalse());
        }
        isAtStep(3);
    }

    @Test
    @Order(4)
    void goes_back_without_doing_anything_again_and_starts_afresh_with_new_visitors() {
        browser.click("[data-step=KEEP_NOTE]");
        isAtStep(2);
        String fingerprint = fingerprintOfStage4();
        int rows = rows();

        press(Keys.PAGE_UP);
        isAtStep(1);
        press(Keys.PAGE_DOWN);
        isAtStep(2);
        assertThat(fingerprintOfStage4()).isEqualTo(fingerprint);
        assertThat(rows()).isEqualTo(rows);

        browser.click("#afresh");
        press(Keys.ENTER);
        browser.eventually(() -> assertThat(browser.find("#sure").isDisplayed()).isFalse());
        assertThat(fingerprintOfStage4()).as("kept").isEqualTo(fingerprint);

        browser.click("#afresh");
        browser.click("#sure-afresh");
        browser.eventually(
                () -> assertThat(browser.has("[data-line=user] .fingerprint")).isFalse());
        press(Keys.PAGE_DOWN);
        isAtStep(1);
        assertThat(fingerprintOfStage4()).isNotEqualTo(fingerprint);
    }

    private String fingerprintOfStage4() {
        return browser.text("tr[data-line=user] td[data-column=\"4\"] .fingerprint");
    }

    private int rows() {
        try {
            return new RowReader(stages.server(Logout.STAGE_4.stage()).store())
                    .newest(100)
                    .size();
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    @Test
    @Order(5)
    void takes_a_presenter_who_clicks_fast_through_the_story_without_mixing_anything_up() {
        // One press begins a step, and one that comes meanwhile is not lost: each burst makes two steps.
        for (int step = 2; step < STEPS; step += 2) {
            browser.script("for (let i = 0; i < 12; i++) document.querySelector('#next').click()");
            isAtStep(step);
        }
        press(Keys.PAGE_DOWN);
        isAtStep(STEPS);

        assertThat(cell(ResidueColumn.COOKIE, Logout.STAGE_4)).isEqualTo("gone");
        assertThat(rows()).as("visitors of one run: one at a time").isLessThanOrEqualTo(1);
    }

    /** To a page, a zoom of 200 % is a window of half the size. */
    @Test
    @Order(6)
    void is_twice_as_large_at_a_zoom_of_200_percent_and_leaves_room_to_read_at_400() {
        browser.click("[data-step=LOOK]");
        isAtStep(4);
        Object before = browser.script(FONT_SIZE, ":root");
        browser.setSize(WIDTH / 2, HEIGHT / 2);
        assertThat(browser.script(FONT_SIZE, ":root")).isEqualTo(before);

        browser.setSize(WIDTH / 4, HEIGHT / 4);
        String cell = cellOf(ResidueColumn.OLD_ROW, Logout.STAGE_3);
        browser.script("document.querySelector(arguments[0]).scrollIntoView()", cell);

        assertThat(browser.script(IS_IN_SIGHT, cell)).isEqualTo(true);
        assertThat(browser.script(IS_IN_SIGHT, "tr[data-line=oldRow] > [scope=row]"))
                .as("what is seen")
                .isEqualTo(true);
        assertThat(browser.script(
                        "return getComputedStyle(document.querySelector(arguments[0]), '::before').content", cell))
                .as("the column's head")
                .isEqualTo("\"Stage 3\"");
        assertThat((Long) browser.script("return document.querySelector('.moves').offsetHeight"))
                .isLessThan(HEIGHT / 4 / 3);
    }

    @Test
    @Order(6)
    void has_no_small_letters_in_projector_size_and_still_nothing_to_scroll() {
        browser.click("#projector");
        assertThat(browser.script("return document.cookie")).asString().contains("size=projector");
        browser.click("[data-step=FOREIGN_LINK]");
        isAtStep(STEPS);

        assertThat(browser.script("return document.documentElement.scrollHeight"))
                .isEqualTo((long) HEIGHT);
        for (String part :
                List.of("#next small", "#next span", ".number", ".sign", ".words", ".fingerprint", "thead code")) {
            assertThat((String) browser.script(FONT_SIZE, part)).as(part).isEqualTo("16px");
        }
    }

    @Test
    @Order(6)
    void shows_what_is_pressed_and_current_in_forced_colours_and_prints_all_columns_without_bars() {
        browser.click("[data-step=LOOK]");
        isAtStep(4);
        browser.prefers(Map.of("forced-colors", "active"));
        assertThat(browser.script(STYLE, "#spark", "backgroundColor"))
                .isNotEqualTo(browser.script(STYLE, "#express", "backgroundColor"));
        assertThat(browser.script(STYLE, "[data-step=LOOK]", "outlineStyle")).isEqualTo("solid");
        assertThat(browser.script(STYLE, "[data-step=LOG_OUT]", "outlineStyle")).isEqualTo("none");

        browser.command("Emulation.setEmulatedMedia", Map.of("media", "print"));
        browser.setSize(A4_LANDSCAPE, HEIGHT);
        assertThat(browser.script(SHOWN, ".moves, .top button, .links button")).isEqualTo(0L);
        assertThat(browser.script("return [...document.querySelectorAll('.now, #logouts > th')]"
                        + ".every(part => getComputedStyle(part).position === 'static')"))
                .isEqualTo(true);
        assertThat(browser.script(SHOWN, "[data-line=oldRow] .words")).isEqualTo((long) LOGOUTS.size());
        assertThat(browser.script(STYLE, "#comparison", "display")).isEqualTo("table");
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .isEqualTo((long) A4_LANDSCAPE);
    }

    @Test
    @Order(6)
    void says_what_to_do_without_javascript() {
        browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        browser.setSize(320, HEIGHT);
        browser.open(server.address());

        assertThat(browser.text("noscript")).contains("JavaScript", "turn it on");
        assertThat(browser.property("noscript a", "href"))
                .isEqualTo(stages.server(Logout.STAGE_1_GET.stage()).address().toString());
        assertThat(browser.script(SHOWN, "button")).as("what would do nothing").isEqualTo(0L);
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .isEqualTo(320L);
    }

    @Test
    @Order(6)
    void says_that_it_waits_where_the_network_is_slow_and_moves_nothing_when_the_answers_come() {
        List<?> places = (List<?>) browser.script(PLACES);
        browser.command("Network.enable", Map.of());
        browser.command("Network.setBlockedURLs", Map.of("urls", List.of("*/comparison.js")));
        browser.open(server.address());

        assertThat(browser.text("#now-remark")).isEqualTo("Asking the server …");
        assertThat((List<?>) browser.script(PLACES)).isEqualTo(places);
        browser.script("document.querySelector('#stack-news').textContent = 'Waiting for Express …'");
        assertThat((List<?>) browser.script(PLACES)).isEqualTo(places);
    }

    @Test
    @Order(6)
    void introduces_each_logout_by_a_short_name_a_link_and_the_code_of_its_route() {
        assertThat(browser.find("#logouts [data-stage=\"1\"]").getAccessibleName())
                .isEqualTo("Stage 1 (GET)");
        assertThat(browser.property("#logouts [data-stage=\"3\"] a", "href"))
                .isEqualTo(stages.server(Logout.STAGE_3.stage()).address().toString());

        browser.click("#logouts [data-stage=\"4\"] .open-code");
        assertThat(browser.text("#code-lines")).contains("invalidate");
        assertThat(browser.text("#code-lines")).contains("renew");
        browser.command(
                "Browser.grantPermissions",
                Map.of(
                        "origin",
                        server.address().toString(),
                        "permissions",
                        List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        browser.click("#code-copy");
        browser.eventually(() -> assertThat(browser.text("#code-copied")).isEqualTo("Copied."));
        String copied = (String) browser.asyncScript("navigator.clipboard.readText().then(arguments[0])");
        assertThat(copied).contains("invalidate").doesNotContain("renew");
        assertThat(copied.lines()).noneMatch(line -> line.startsWith("+"));
        assertThat((String) browser.script("getSelection().selectAllChildren(document.querySelector('#code-lines'));"
                        + " return getSelection().toString()"))
                .isEqualToIgnoringWhitespace(copied);

        press(Keys.ESCAPE);
        browser.eventually(() -> assertThat(browser.find("#code").isDisplayed()).isFalse());
    }

    @Test
    @Order(7)
    void says_so_when_the_server_does_not_answer() {
        server.close();

        press(Keys.PAGE_DOWN);

        browser.eventually(() -> assertThat(browser.text("#trouble")).isNotBlank());
        assertThat(browser.find("#recover").isDisplayed()).isTrue();
    }

    @Test
    @Order(8)
    void gives_axe_nothing_to_complain_of() {
        browser.click("[data-step=FOREIGN_LINK]");
        isAtStep(STEPS);

        assertThat((List<?>) browser.script(SMALL_TARGETS)).isEmpty();
        Axe.assertNoViolation(browser);
    }
}
