package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.experiment.ResidueColumn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

@DisplayName("The lab panel, in a real browser")
@Order(0) // it takes the longest: begun last, it would run on alone
class LabPanelInTheBrowserTest {

    private static final String STATED = """
            document.getElementById('lab-residue').open = true;
            return [...document.querySelectorAll('#lab-residue [data-column]')].filter(line => line.checkVisibility())
                .map(line => [line.querySelector('th'), line.querySelector('[data-part=after] .words')])
                .map(parts => parts.map(part => part?.innerText));""";

    private static final String VERDICT_IS_IN_SIGHT = """
            return [...document.querySelectorAll('.verdict')].some(verdict => {
                const { top, bottom } = verdict.getBoundingClientRect();
                return verdict.checkVisibility() && top >= 0 && bottom <= innerHeight;
            });""";

    /** How many words are in sight, and those of them that are smaller than 13 pixels. */
    private static final String WORDS_IN_SIGHT = """
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            let words = 0;
            const small = [];
            while (texts.nextNode()) {
                const { currentNode: { textContent: text, parentElement: parent } } = texts;
                const { clipPath, fontSize } = getComputedStyle(parent);
                const found = text.match(/\\S*[\\p{L}\\p{N}]\\S*/gu) ?? [];
                if (!parent.checkVisibility({ visibilityProperty: true }) || clipPath === 'inset(50%)') continue;
                words += found.length;
                if (found.length > 0 && parseFloat(fontSize) < 13) small.push(text);
            }
            return { words, small };""";

    private static final String CONTROLS =
            "const controls = [...document.querySelectorAll('button, a[href], input, textarea')]"
                    + ".filter(control => control.checkVisibility());";

    private static final String FOCUSED_EXCHANGE =
            "return [...document.querySelectorAll('#lab-exchanges li')].indexOf(document.activeElement.closest('li'))";

    /** How many pixels wide the bar before each row is. */
    private static final String BARS = """
            return [...document.querySelectorAll('#lab-rows tr > :first-child')]
                .map(cell => parseFloat(getComputedStyle(cell).borderInlineStartWidth));""";

    private static final String SELECTED_CODE = """
            getSelection().selectAllChildren(document.getElementById('lab-lines'));
            return getSelection().toString();""";

    private static final String DRAWN_STEPS =
            "return [...document.querySelectorAll('#lab-drawing svg [data-step]:not(.ahead)')].map(one => one.dataset.step)";

    private static final String REQUEST_LINES =
            "return [...document.querySelectorAll('#lab-exchanges .request-line')].map(line => line.textContent)";

    private static final String MARKED = "return document.querySelectorAll('.fingerprint.twin').length";

    /** How often the panel has asked the server. */
    private static final String LOOKS = """
            return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/lab/state')).length;""";

    private static final int[][] PHONE = {{390, 844}};
    private static final int[][] PROJECTOR_AND_SMALL_PHONE = {{1280, 720}, {320, 568}};

    /** More presses of Tab than the page has controls, those of the browser's own window included. */
    private static final int ROUND_AND_ROUND = 80;

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);
    private final Drawing drawing = new Drawing(browser);

    private void ada_has_kept_a_note(Way way) {
        stage.start(way.stage);
        ada.hasKept("buy milk");
    }

    private void shows(String selector, String... texts) {
        browser.eventually(() -> assertThat(browser.text(selector)).contains(texts));
    }

    private String fingerprintIn(String selector) {
        return browser.find(selector + " .fingerprint").getDomAttribute("data-fingerprint");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LINK", "STAGE_2", "STAGE_3", "STAGE_4"})
    @Order(1)
    void draws_what_was_recorded_and_states_what_shows_by_itself(Way way) {
        ada_has_kept_a_note(way);

        ada.logsOut(way);

        drawing.tells(Drawing.of(way));
        drawing.takePicture(way, "");
        browser.script("scrollTo(0, 0)");
        Pictures.take(browser, Drawing.name(way) + "-after");
        Map<String, String> residue = way.residue();
        for (ResidueColumn tried :
                List.of(ResidueColumn.REPLAY, ResidueColumn.SAVE_IN_FLIGHT, ResidueColumn.FOREIGN_LINK)) {
            residue.put(tried.title(), "not tried yet");
        }
        assertThat(statedResidue()).containsExactlyEntriesOf(residue);
        if (way == Way.LINK) {
            tells_no_old_try_anew_that_is_no_longer_so();
        }
    }

    /** As where a browser that has kept nothing for this site does so again. */
    private void tells_no_old_try_anew_that_is_no_longer_so() {
        browser.press("#lab-try-replay");
        shows("#lab-replay-outcome", "it reads the note");
        ada.logsIn();
        Object held = browser.script("const { held } = localStorage; localStorage.held = '[]'; return held");
        shows("#lab-verdict", "Nobody has logged out here yet.");
        browser.script("localStorage.held = arguments[0]", held);
        browser.eventually(() -> assertThat(browser.property("#lab-news", "textContent"))
                .startsWith("Left behind")
                .doesNotContain("The old cookie"));
    }

    /** The panel's residue table: what each line says of the time after the logout, without its fingerprints. */
    private Map<String, String> statedResidue() {
        Map<String, String> residue = new LinkedHashMap<>();
        for (Object line : (List<?>) browser.script(STATED)) {
            List<?> titleAndWords = (List<?>) line;
            residue.put((String) titleAndWords.get(0), (String) titleAndWords.get(1));
        }
        return residue;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LINK", "STAGE_4"})
    @Order(1)
    void draws_a_save_in_flight_around_the_logout_that_its_guide_asks_for(Way way) {
        ada_has_kept_a_note(way);
        browser.press("#lab-try-slow-save");
        shows("#lab-slow-save-outcome", "Log out now");
        assertThat(browser.property("#lab-news", "textContent")).contains("Log out now.");

        ada.logsOut("#lab-next button");

        if (way == Way.STAGE_4) {
            assertThat(browser.script("return document.activeElement.closest('section')?.id"))
                    .as("where the focus is after the logout that was begun there")
                    .isEqualTo("lab-guide");
        }
        shows("#lab-step", "Step 6 of 6");
        drawing.tells(Drawing.aroundASlowSave(way));
        drawing.takePicture(way, "-slow-save");
        assertThat((String) browser.asyncScript("import('/assets/lab-attacks.js').then(({ TRIES }) =>"
                        + " arguments[0](TRIES['slow-save'].inWords({ found: {}, loggedOutMeanwhile: false })))"))
                .startsWith("was not logged out meanwhile.");
    }

    @Test
    @Order(2)
    void tells_on_stage_3_why_there_is_a_cookie_and_can_be_read_and_used_with_the_keyboard_alone() {
        ada_has_kept_a_note(Way.STAGE_3);
        ada.logsOut(Way.STAGE_3);
        shows("#lab-verdict", "Why is there a cookie?", "The deletion never left the server");
        shows("#lab-rows", "new row");

        marks_in_log_and_code_what_overwrote_the_deletion();
        gives_the_code_alone_to_whoever_copies_it();
        steps_through_the_drawing_with_the_arrow_keys();
        reaches_each_control_with_tab();

        browser.find("#lab-next button").sendKeys(Keys.ENTER);
        shows("#lab-replay-outcome", "GET /api/me");
    }

    private void marks_in_log_and_code_what_overwrote_the_deletion() {
        String overwritten = "#lab-exchanges [data-overwritten]";
        shows(overwritten, "POST /api/logout", "Set-Cookie: deletion never left the server", "overwrote it");
        assertThat(fingerprintIn(overwritten + " .overwritten")).isEqualTo(fingerprintIn("#lab-cookie"));
        shows("#lab-lines", "+", "removeCookie", "“Set-Cookie: deletion”", "overwrites it");
    }

    private void gives_the_code_alone_to_whoever_copies_it() {
        browser.script("navigator.clipboard.writeText = async text => { window.copied = text }");
        browser.press("#lab-copy");
        shows("#lab-copied", "Copied.");
        String copied = (String) browser.script("return copied");
        assertThat(copied).startsWith("spark.post(").contains("removeCookie(").doesNotContain("+", "overwrites it");
        assertThat(browser.script(SELECTED_CODE)).asString().isEqualToIgnoringWhitespace(copied);
    }

    private void steps_through_the_drawing_with_the_arrow_keys() {
        int steps = drawing.sentences().size();
        browser.script("document.querySelector('#lab-drawing .drawing').focus()");
        type(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT);
        assertThat(drawing.texts(DRAWN_STEPS)).containsExactly("0", "1");
        assertThat(browser.text("#lab-drawing [aria-current=step] .sentence")).startsWith("The server reads the row");
        assertThat(browser.property("#lab-drawing [role=status]", "textContent"))
                .startsWith("2/" + steps + " The server reads the row");
        assertThat(browser.script("return document.querySelector('#lab-drawing .unseen').offsetWidth"))
                .as("the width of what is only read out")
                .isEqualTo(1L);
        type(Keys.END);
        assertThat(browser.has("#lab-drawing .ahead")).isFalse();
    }

    private void reaches_each_control_with_tab() {
        browser.script("window.reached = []; addEventListener('focusin', event => reached.push(event.target))");
        type(Stream.generate(() -> Keys.TAB).limit(ROUND_AND_ROUND).toArray(Keys[]::new));
        assertThat((List<?>) browser.script(CONTROLS + "return controls.map(control => control.outerHTML)"))
                .hasSizeGreaterThan(5);
        assertThat((List<?>) browser.script(CONTROLS
                        + "return controls.filter(one => !reached.includes(one)).map(control => control.outerHTML)"))
                .as("controls that Tab has not reached")
                .isEmpty();
        assertThat(browser.script("return new Set(reached.filter(one => one.matches('#lab-exchanges summary'))).size"))
                .as("exchanges that Tab has stopped at")
                .isEqualTo(1L);
        browser.script("document.querySelector('#lab-exchanges [tabindex=\"0\"]').focus()");
        type(Keys.HOME, Keys.ARROW_DOWN);
        assertThat(browser.script(FOCUSED_EXCHANGE)).isEqualTo(1L);
    }

    private static void type(Keys... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LINK", "STAGE_3"})
    @Order(3)
    void has_few_words_none_of_them_small_and_its_verdict_in_sight_wherever_the_page_was_moved(Way way) {
        browser.setSize(1366, 768);
        stage.start(way == Way.LINK ? answeringLate(way.stage) : way.stage);
        ada.comes();
        shows("#lab-step", "Step 1 of 6");
        shows("#lab-count", "No rows");
        assertFewWords(200);

        for (String label : List.of("Use ada", "Log in", "Keep a note", "Log out")) {
            browser.eventually(() -> assertThat(browser.text("#lab-next")).isEqualTo(label));
            browser.press("#lab-next > *");
        }
        verdictIsInSight();
        assertFewWords(320);
        assertThat(drawing.texts("return [document.querySelector('.drawing .arrow')]"
                        + ".map(one => one.getBoundingClientRect().top < innerHeight)"))
                .as("the drawing's first step is in sight")
                .containsExactly("true");
        assertThat(browser.has("nav a")).as("a link to what does not run").isFalse();

        Stream.generate(stage::graceLogsInElsewhere).limit(6).forEach(grace -> {});
        for (int[] size : way == Way.LINK ? PHONE : PROJECTOR_AND_SMALL_PHONE) {
            browser.setSize(size[0], size[1]);
            ada.hasKept("buy milk");
            shows("#lab-all-rows", "Show all");
            assertThat(shownRows()).isEqualTo(5);
            browser.press("#lab-all-rows");
            assertThat(shownRows()).isGreaterThanOrEqualTo(7);
            browser.script("scrollTo(0, document.body.scrollHeight)");

            ada.logsOut("#lab-next button");

            verdictIsInSight();
            assertThat(browser.property("#lab-news", "textContent")).contains("Left behind");
        }

        browser.press("#lab-next button");
        shows("#lab-replay-outcome", "The old cookie", "GET /api/me");
        browser.eventually(() -> assertThat(browser.text("#lab-next")).isEqualTo("Use ada"));
    }

    private void assertFewWords(long most) {
        Map<?, ?> seen = (Map<?, ?>) browser.script(WORDS_IN_SIGHT);
        assertThat((Long) seen.get("words")).as("words in sight").isBetween(50L, most);
        assertThat((List<?>) seen.get("small")).isEmpty();
    }

    private static void verdictIsInSight() {
        browser.eventually(
                () -> assertThat((Boolean) browser.script(VERDICT_IS_IN_SIGHT)).isTrue());
    }

    private static int shownRows() {
        return ((Long) browser.script("return document.querySelectorAll('#lab-rows tr').length")).intValue();
    }

    /** The page that is being left hears of the logout, too, but nobody hears that page any more. */
    private static Stage answeringLate(Stage stage) {
        Semaphore looks = new Semaphore(0);
        return new Stage(
                stage.number(),
                stage.title(),
                stage.lesson(),
                stage.routes().andThen((spark, app) -> {
                    spark.afterAfter("/lab/state", (request, response) -> looks.release());
                    spark.afterAfter("/logout", (request, response) -> {
                        looks.drainPermits();
                        assertThat(looks.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
                    });
                }),
                stage.logouts());
    }

    @Test
    @Order(4)
    void shows_by_itself_what_another_tab_and_another_browser_do_and_of_a_row_that_it_is_expired_or_not_legible() {
        stage.start(Way.STAGE_2.stage);
        ada.comes();
        shows("#lab-cookie", "No cookie");
        String first = browser.currentTab();

        stage.graceLogsInElsewhere();
        shows("#lab-rows", "grace");

        browser.newTab();
        ada.logsIn();
        browser.switchTo(first);
        shows("#lab-rows [data-yours]", "ada");
        assertThat(browser.text("#lab-count")).isEqualTo("2 rows.");
        browser.prefers(Map.of("forced-colors", "active"));
        assertThat((List<?>) browser.script(BARS)).hasSize(2).satisfies(bars -> {
            assertThat(((Number) bars.get(0)).doubleValue()).isPositive();
            assertThat(((Number) bars.get(1)).doubleValue()).isZero();
        });

        Object notPressed = background("#projector");
        double size = fontSize();
        assertThat(browser.find("#projector").getDomAttribute("aria-pressed")).isEqualTo("false");
        browser.press("#projector");
        assertThat(background("#projector")).isNotEqualTo(notPressed);
        assertThat(fontSize()).isGreaterThan(size);
        browser.reload();
        assertThat(browser.find("#projector").getDomAttribute("aria-pressed")).isEqualTo("true");
        assertThat(fontSize()).isGreaterThan(size);
        browser.press("#projector");
        assertThat(fontSize()).isEqualTo(size);
        stage.running().letSessionsRunOut();
        shows("#lab-cookie", "points to a row of ada that has expired: it lets nobody in");
        shows("#lab-rows [data-yours]", "expired");
        stage.running()
                .update("UPDATE %s SET map = NULL", stage.running().stage().table());
        shows("#lab-cookie", "points to a row that is not legible");
        shows("#lab-rows [data-yours]", "not legible");
    }

    private Object background(String selector) {
        return browser.script(
                "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor", selector);
    }

    private static double fontSize() {
        return (Double) browser.script(
                "return 0.5 + parseFloat(getComputedStyle(document.querySelector('#lab-panel')).fontSize)");
    }

    @Test
    @Order(5)
    void opens_an_exchange_to_show_its_headers_and_names_the_cookies_that_the_server_does_not_take() {
        ada_has_kept_a_note(Way.STAGE_4);
        shows("#lab-exchanges", "PUT /api/note");
        String exchange = "#lab-exchanges [data-exchange='"
                + browser.script("return [...document.querySelectorAll('#lab-exchanges li')]"
                        + ".find(item => item.textContent.includes('PUT /api/note')).dataset.exchange")
                + "']";
        String taken = fingerprintIn("#lab-cookie");
        browser.press(exchange + " summary");
        shows(exchange + " pre", "PUT /api/note HTTP/1.1");
        assertThat(browser.property(exchange + " pre", "textContent").lines())
                .contains("Cookie: " + stage.cookieName() + "=" + taken);

        keeps_a_mark_while_nothing_changes();

        browser.script("document.cookie = '" + stage.cookieName() + "=planted; path=/lab'");
        browser.script("document.cookie = '" + stage.cookieName() + "=planted; path=/api'");

        shows("#lab-cookie", "points to the row of ada", "The server does not take: " + stage.cookieName());
        assertThat(fingerprintIn("#lab-cookie")).isEqualTo(taken);
        ada.logsOut(Way.STAGE_4);
        shows("#lab-which", "POST /api/logout", "of ada");
        String logout = "#lab-exchanges [data-logout]";
        shows(logout, "not taken: " + stage.cookieName());
        assertThat(fingerprintIn(logout)).isEqualTo(taken);

        shows("#lab-cookie", "points to no row: it dangles");
        shows("#lab-rows [data-dangling]", "the cookie points to nothing");
        assertThat(fingerprintIn("#lab-rows [data-dangling]"))
                .isEqualTo(fingerprintIn("#lab-cookie"))
                .isNotEqualTo(taken);
        gives_the_code_alone_to_whoever_copies_it();
    }

    private void keeps_a_mark_while_nothing_changes() {
        new Actions(browser.driver())
                .moveToElement(browser.find("#lab-cookie button"))
                .perform();
        Object marked = browser.script(MARKED);
        assertThat((Long) marked).isGreaterThan(1);
        long looks = (Long) browser.script(LOOKS);
        browser.eventually(() -> assertThat((Long) browser.script(LOOKS)).isGreaterThan(looks + 1));
        assertThat(browser.script(MARKED)).isEqualTo(marked);
    }

    @Test
    @Order(6)
    void says_that_the_server_is_not_reached_shows_what_a_new_start_has_seen_and_owns_up_to_its_own_fault() {
        ada_has_kept_a_note(Way.STAGE_4);
        shows("#lab-exchanges", "PUT /api/note");

        stage.running().stop();
        shows("#lab-contact", "The server was not reached", "last seen");

        // The new start's exchanges have the numbers of those that are shown before the page hears of any.
        browser.script("window.send = fetch; window.fetch = () => Promise.reject()");
        stage.running().startAgain();
        for (int i = 0; i < 10; i++) {
            stage.running().newBrowser().get("/api/me");
        }
        browser.script("window.fetch = send");
        browser.eventually(() -> assertThat(browser.text("#lab-contact")).isEmpty());
        assertThat(drawing.texts(REQUEST_LINES))
                .hasSizeGreaterThanOrEqualTo(10)
                .noneMatch(exchange -> exchange.startsWith("PUT"));

        browser.script("document.getElementById('lab-rows').remove()");
        stage.graceLogsInElsewhere();
        shows("#lab-contact", "This panel has a fault");
        assertThat(browser.text("#lab-contact")).doesNotContain("not reached");
    }
}
