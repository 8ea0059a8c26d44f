package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Sessions;
import logout.experiment.ResidueColumn;
import logout.experiment.StoredSession;
import logout.stage03.ClearCookieApp;
import logout.stage04.DestroySessionApp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import spark.Request;
import spark.Response;
import spark.Service;

@DisplayName("The lab panel, in a real browser")
@Order(0) // it takes the longest: begun last, it would run on alone
class LabPanelInTheBrowserTest {

    private static final String EXCHANGES_WITHOUT_HEADERS =
            "return document.querySelectorAll('#lab-exchanges li:not(:has(pre))').length";

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
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LINK", "STAGE_4"})
    @Order(1)
    void states_the_residue_and_what_the_tries_found_and_shows_no_id(Way way) {
        ada_has_kept_a_note(way);
        Map<String, String> residue = way.residue();
        List<String> secrets = secrets();
        shows("#lab-step", "Step 3 of 6");

        ada.logsOut(way);
        secrets.addAll(secrets());
        browser.click("#lab-try-replay");
        shows("#lab-replay-outcome", way == Way.LINK ? "not logged in, yet it reads the note" : "is worth nothing");
        String replayed = statedResidue().get(ResidueColumn.REPLAY.title());
        ada.hasKept("buy milk");
        secrets.addAll(secrets());
        browser.click("#lab-try-slow-save");
        shows("#lab-slow-save-outcome", "Log out now");
        assertThat(browser.property("#lab-news", "textContent")).contains("Log out now.");
        ada.logsOut("#lab-next button");
        if (way == Way.STAGE_4) {
            assertThat(browser.script("return document.activeElement.closest('section')?.id"))
                    .as("where the focus is after the logout that was begun there")
                    .isEqualTo("lab-guide");
        }
        secrets.addAll(secrets());
        boolean userBack = residue.get(ResidueColumn.SAVE_IN_FLIGHT.title()).equals("yes");
        shows("#lab-slow-save-outcome", userBack ? "brought the user back" : "did not bring the user back");
        shows("#lab-step", "Step 6 of 6");
        drawing.tells(Drawing.aroundASlowSave(way));
        drawing.takePicture(way, "-slow-save");
        assertThat(routesMarked()).singleElement().asString().contains("spark." + way.method.toLowerCase(Locale.ROOT));
        ada.logsIn();
        secrets.addAll(secrets());
        browser.click("#lab-try-foreign-link");
        boolean loggedOut = residue.get(ResidueColumn.FOREIGN_LINK.title()).startsWith("yes");
        shows("#lab-foreign-link-outcome", loggedOut ? "was logged out by the link" : "is still logged in");
        shows("#lab-step", "All steps done", "The code that did it stands below");
        assertThat(browser.script("return document.getElementById('lab-code').open"))
                .as("the code is unfolded")
                .isEqualTo(true);

        browser.eventually(() -> {
            Map<String, String> stated = statedResidue();
            stated.put(ResidueColumn.REPLAY.title(), replayed);
            assertThat(stated).containsExactlyEntriesOf(residue);
        });
        browser.script("document.querySelectorAll('#lab-exchanges details').forEach(one => { one.open = true })");
        shows("#lab-exchanges", "Cookie: " + stage.cookieName());
        String told =
                (String) browser.asyncScript("fetch('/lab/state').then(reply => reply.text()).then(arguments[0])");
        assertThat(told).contains("\"fingerprint\"").doesNotContain(secrets);
        browser.eventually(
                () -> assertThat(browser.script(EXCHANGES_WITHOUT_HEADERS)).isEqualTo(0L));
        assertThat(browser.driver().getPageSource())
                .contains("data-fingerprint")
                .doesNotContain(secrets);
    }

    /** The beginnings of the routes that are marked in the code. */
    private List<?> routesMarked() {
        return (List<?>) browser.script("return [...document.querySelectorAll('#lab-lines [data-taken]')]"
                + ".map(line => line.textContent).filter(line => line.includes('spark.'))");
    }

    /** The ids that nobody must be told. */
    private List<String> secrets() {
        List<String> secrets =
                new ArrayList<>(stage.rows().stream().map(StoredSession::id).toList());
        Cookie cookie = browser.cookie(stage.cookieName());
        if (cookie != null) {
            secrets.add(cookie.getValue());
        }
        return secrets;
    }

    @Test
    @Order(3)
    void says_on_stage_3_that_the_deletion_never_left_the_server_and_gives_the_code_alone_to_whoever_copies_it() {
        ada_has_kept_a_note(Way.STAGE_3);

        ada.logsOut(Way.STAGE_3);

        shows("#lab-verdict", "Why is there a cookie?", "The deletion never left the server");
        String overwritten = "#lab-exchanges [data-overwritten]";
        shows(overwritten, "POST /api/logout", "Set-Cookie: deletion never left the server", "overwrote it");
        assertThat(fingerprintIn(overwritten + " .overwritten")).isEqualTo(fingerprintIn("#lab-cookie"));
        shows("#lab-lines", "+", "removeCookie", "“Set-Cookie: deletion”", "overwrites it");
        browser.script("navigator.clipboard.writeText = async text => { window.copied = text }");

        browser.click("#lab-copy");

        shows("#lab-copied", "Copied.");
        String copied = (String) browser.script("return copied");
        assertThat(copied).startsWith("spark.post(").contains("removeCookie(").doesNotContain("+", "overwrites it");
        assertThat(browser.script(SELECTED_CODE)).asString().isEqualToIgnoringWhitespace(copied);
    }

    @Test
    @Order(4)
    void shows_a_cookie_without_a_row_as_dangling() {
        ada_has_kept_a_note(Way.STAGE_4);

        stage.running().empty();

        shows("#lab-cookie", "points to no row: it dangles");
        shows("#lab-rows [data-dangling]", "the cookie points to nothing");
        assertThat(fingerprintIn("#lab-rows [data-dangling]")).isEqualTo(fingerprintIn("#lab-cookie"));
    }

    @Test
    @Order(5)
    void shows_by_itself_what_another_tab_and_another_browser_do() {
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
        browser.click("#projector");
        assertThat(background("#projector")).isNotEqualTo(notPressed);
        browser.click("#projector");
    }

    private Object background(String selector) {
        return browser.script(
                "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor", selector);
    }

    @Test
    @Order(6)
    void opens_an_exchange_to_show_its_headers_with_the_ids_masked() {
        ada_has_kept_a_note(Way.STAGE_4);
        shows("#lab-exchanges", "PUT /api/note");
        String exchange = "#lab-exchanges [data-exchange='"
                + browser.script("return [...document.querySelectorAll('#lab-exchanges li')]"
                        + ".find(item => item.textContent.includes('PUT /api/note')).dataset.exchange")
                + "']";

        browser.click(exchange + " summary");

        shows(exchange + " pre", "PUT /api/note HTTP/1.1");
        assertThat(browser.property(exchange + " pre", "textContent"))
                .contains("\nCookie: " + stage.cookieName() + "=" + fingerprintIn("#lab-cookie") + "\n");
    }

    @Test
    @Order(8)
    void changes_nothing_by_watching() {
        stage.start(Way.LINK.stage);
        ada.comes();
        look_three_times();
        assertThat(browser.text("#lab-step")).contains("Step 1 of 6").doesNotContain("Logged out");
        assertThat(stage.rows()).isEmpty();
        assertThat(browser.cookie(stage.cookieName())).isNull();

        ada.hasKept("buy milk");
        shows("#lab-rows [data-yours]", "ada");
        Cookie cookie = browser.cookie(stage.cookieName());
        stage.running().letAnHourPass();
        List<StoredSession> rows = stage.rows();
        look_three_times();

        assertThat(stage.rows()).isEqualTo(rows);
        assertThat(browser.cookie(stage.cookieName())).isEqualTo(cookie);
    }

    /** The panel looks at the server every second, and at once when the page tells it of an exchange. */
    private void look_three_times() {
        for (int i = 0; i < 3; i++) {
            long looks = looks();
            browser.script("dispatchEvent(new Event('exchange'))");
            browser.eventually(() -> assertThat(looks()).isGreaterThan(looks));
        }
    }

    private long looks() {
        return (Long)
                browser.script("return performance.getEntries().filter(one => one.name.includes('/lab/state')).length");
    }

    @Test
    @Order(9)
    void says_that_the_server_is_not_reached_and_when_it_was_last_seen() {
        stage.start(Way.STAGE_2.stage);
        ada.comes();
        shows("#lab-count", "No rows");

        stage.running().stop();
        shows("#lab-contact", "The server was not reached", "last seen");

        stage.running().startAgain();
        browser.eventually(() -> assertThat(browser.text("#lab-contact")).isEmpty());
    }

    @Test
    @Order(9)
    void names_the_cookies_that_the_server_does_not_take_beside_the_one_that_it_takes() {
        ada_has_kept_a_note(Way.STAGE_4);
        String taken = fingerprintIn("#lab-cookie");

        browser.script("document.cookie = '" + stage.cookieName() + "=planted; path=/lab'");
        browser.script("document.cookie = '" + stage.cookieName() + "=planted; path=/api'");

        shows("#lab-cookie", "points to the row of ada", "The server does not take: " + stage.cookieName());
        assertThat(fingerprintIn("#lab-cookie")).isEqualTo(taken);
        ada.logsOut(Way.STAGE_4);
        shows("#lab-which", "POST /api/logout", "of ada");
        String logout = "#lab-exchanges [data-logout]";
        shows(logout, "not taken: " + stage.cookieName());
        assertThat(fingerprintIn(logout)).isEqualTo(taken);
    }

    @Test
    @Order(9)
    void tells_a_fault_of_its_own_script_from_a_server_that_is_not_reached() {
        stage.start(Way.STAGE_2.stage);
        ada.comes();
        shows("#lab-count", "No rows");

        browser.script("document.getElementById('lab-rows').remove()");
        stage.graceLogsInElsewhere();

        shows("#lab-contact", "This panel has a fault");
        assertThat(browser.text("#lab-contact")).doesNotContain("not reached");
    }

    @Test
    @Order(9)
    void shows_a_tab_that_was_hidden_during_a_restart_only_what_the_new_server_has_seen() {
        ada_has_kept_a_note(Way.STAGE_4);
        shows("#lab-exchanges", "PUT /api/note");
        String first = browser.currentTab();
        browser.newTab();
        stage.running().stop();
        stage.running().startAgain();
        for (int i = 0; i < 10; i++) {
            stage.running().newBrowser().get("/api/me");
        }

        browser.switchTo(first);

        browser.eventually(() -> assertThat(exchanges()).hasSizeGreaterThanOrEqualTo(10));
        browser.eventually(() -> assertThat(exchanges()).noneMatch(exchange -> exchange.startsWith("PUT")));
    }

    private List<String> exchanges() {
        return ((List<?>) browser.script("return [...document.querySelectorAll('#lab-exchanges .request-line')]"
                        + ".map(line => line.textContent)"))
                .stream().map(String::valueOf).toList();
    }

    @Test
    @Order(3)
    void names_the_row_that_is_left_where_the_two_lines_of_stage_3_are_swapped() {
        stage.start(edited(ClearCookieApp.STAGE, (request, app, response) -> {
            Sessions.renew(request);
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
        }));
        ada.hasKept("buy milk");

        ada.logsOut(Way.STAGE_3);

        shows("#lab-verdict", "Left behind: a new row (anonymous, empty)");
        shows("#lab-rows", "new row");
        assertThat(browser.cookie(stage.cookieName())).isNull();
        assertThat(browser.property("#lab-news", "textContent"))
                .contains("a new row (anonymous, empty)")
                .doesNotContain("Nothing was left");
    }

    @Test
    @Order(3)
    void says_of_a_logout_that_failed_that_it_failed_and_what_it_did_all_the_same() {
        stage.start(edited(DestroySessionApp.STAGE, (request, app, response) -> {
            request.session().invalidate();
            throw new IllegalStateException("a learner's mistake");
        }));
        ada.hasKept("buy milk");

        ada.logsOut("#log-out");

        shows("#lab-verdict", "The logout failed", "500", "Left behind: the same cookie");
        shows("#lab-step", "The logout failed", "POST /api/logout");
    }

    /** A stage whose logout a learner has edited. */
    private static Stage edited(Stage stage, Edit logout) {
        BiConsumer<Service, LoginApp> first = (spark, app) -> spark.post("/api/logout", (request, response) -> {
            logout.run(request, app, response);
            return "";
        });
        return new Stage(stage.number(), "Edited", "Edited.", first.andThen(stage.routes()));
    }

    /** The body of a logout route. */
    private interface Edit {
        void run(Request request, LoginApp app, Response response);
    }

    @Test
    @Order(9)
    void begins_a_new_story_with_a_new_login_and_tells_the_newest_logout() {
        ada_has_kept_a_note(Way.STAGE_2);
        ada.logsOut(Way.STAGE_2);
        shows("#lab-step", "Step 4 of 6", "Logged out by POST /api/logout");
        String first = browser.find("#lab-step time").getDomAttribute("datetime");

        ada.logsIn();

        browser.eventually(() ->
                assertThat(browser.text("#lab-step")).contains("Step 2 of 6").doesNotContain("Logged out", "was left"));
        ada.logsOut(Way.STAGE_2);
        shows("#lab-step", "Step 4 of 6", "Logged out by POST /api/logout");
        assertThat(browser.find("#lab-step time").getDomAttribute("datetime")).isNotEqualTo(first);
    }

    @Test
    @Order(9)
    void says_on_the_plain_site_that_blocked_cookies_let_nobody_log_in() {
        stage.start(Way.LINK.stage);
        ada.comes();
        assertThat(browser.has("#no-cookies")).isFalse();
        browser.command("Emulation.setDocumentCookieDisabled", Map.of("disabled", true));

        ada.comes();

        assertThat(browser.text("#no-cookies")).contains("keeps no cookie", "Are cookies blocked?");
        browser.command("Emulation.setDocumentCookieDisabled", Map.of("disabled", false));
    }

    @Test
    @Order(9)
    void saves_no_note_for_a_user_whom_the_page_does_not_show() {
        ada_has_kept_a_note(Way.STAGE_2);
        String graces = stage.graceLogsInElsewhere().sessionCookie();
        browser.setCookie(new Cookie.Builder(stage.cookieName(), graces)
                .path("/")
                .isHttpOnly(true)
                .build());
        browser.fillIn("#note", "ada's secret");

        browser.click("#save-note");

        shows("#status", "This page was made for ada, and now grace is logged in here");
        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo("grace"));
        assertThat(stage.running().row(graces).note()).isNull();
    }

    @Test
    @Order(9)
    void shows_beside_the_panel_at_once_whom_a_slow_save_has_brought_back_and_another_site_logged_out() {
        ada_has_kept_a_note(Way.LINK);
        browser.click("#lab-try-slow-save");
        shows("#lab-slow-save-outcome", "Log out now");
        ada.logsOut(Way.LINK);

        browser.eventually(() -> assertThat(browser.text("main #who")).isEqualTo("ada"));
        shows("#lab-verdict", "And then the save in flight brought ada back");
        shows("#lab-slow-save-outcome", "the save brought the user back");

        shows("#lab-next", "Follow a foreign link");
        browser.click("#lab-next button");

        browser.eventually(() -> assertThat(browser.has("main #login")).isTrue());
        shows("#lab-step", "A link on another site logged the user out");
        assertThat(browser.text("#lab-step")).doesNotContain("Logged out by");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LINK", "STAGE_3"})
    @Order(9)
    void has_few_words_in_sight_none_of_them_small_and_the_next_step_is_a_button(Way way) {
        browser.setSize(1366, 768);
        stage.start(way.stage);
        ada.comes();
        shows("#lab-step", "Step 1 of 6");
        shows("#lab-count", "No rows");
        assertFewWords(200);

        for (String label : List.of("Use ada", "Log in", "Keep a note", "Log out")) {
            browser.eventually(() -> assertThat(browser.text("#lab-next")).isEqualTo(label));
            browser.click("#lab-next > *");
        }

        browser.eventually(
                () -> assertThat((Boolean) browser.script(VERDICT_IS_IN_SIGHT)).isTrue());
        assertFewWords(320);
        assertThat(drawing.texts("return [document.querySelector('.drawing .arrow')]"
                        + ".map(one => one.getBoundingClientRect().top < innerHeight)"))
                .as("the drawing's first step is in sight")
                .containsExactly("true");
        browser.click("#lab-next button");
        shows("#lab-replay-outcome", "The old cookie", "GET /api/me");
        browser.eventually(() -> assertThat(browser.text("#lab-next")).isEqualTo("Use ada"));
        assertThat(browser.has("nav a")).as("a link to what does not run").isFalse();
    }

    private void assertFewWords(long most) {
        Map<?, ?> seen = (Map<?, ?>) browser.script(WORDS_IN_SIGHT);
        assertThat((Long) seen.get("words")).as("words in sight").isBetween(50L, most);
        assertThat((List<?>) seen.get("small")).isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1} x {2}")
    @CsvSource({"STAGE_3, 1280, 720", "LINK, 390, 844", "STAGE_3, 320, 568"})
    @Order(9)
    void has_its_verdict_in_sight_after_a_logout_wherever_the_page_was_moved_and_tells_it(
            Way way, int width, int height) {
        browser.setSize(width, height);
        stage.start(way == Way.LINK ? answeringLate(way.stage) : way.stage);
        for (int i = 0; i < 6; i++) {
            stage.graceLogsInElsewhere();
        }
        ada.hasKept("buy milk");
        shows("#lab-count", "7 rows");
        assertThat(browser.script("return document.querySelectorAll('#lab-rows tr').length"))
                .isEqualTo(5L);
        browser.script("document.getElementById('lab-all-rows').click()");
        assertThat(browser.script("return document.querySelectorAll('#lab-rows tr').length"))
                .isEqualTo(7L);
        browser.script("scrollTo(0, document.body.scrollHeight)");

        ada.logsOut("#lab-next button");

        shows("#lab-step", "Step 4 of 6", "Logged out by " + way.method + " " + way.path);
        browser.eventually(
                () -> assertThat((Boolean) browser.script(VERDICT_IS_IN_SIGHT)).isTrue());
        assertThat(browser.property("#lab-news", "textContent")).contains("Left behind");
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
    @Order(10)
    void remembers_the_projector_size_across_a_reload() {
        stage.start(Way.STAGE_2.stage);
        ada.comes();
        Object size = fontSize();
        assertThat(browser.find("#projector").getDomAttribute("aria-pressed")).isEqualTo("false");

        browser.click("#projector");
        assertThat((Double) fontSize()).isGreaterThan((Double) size);
        browser.reload();

        assertThat(browser.find("#projector").getDomAttribute("aria-pressed")).isEqualTo("true");
        assertThat((Double) fontSize()).isGreaterThan((Double) size);
        browser.click("#projector");
        assertThat(fontSize()).isEqualTo(size);
    }

    private Object fontSize() {
        return browser.script(
                "return 0.5 + parseFloat(getComputedStyle(document.querySelector('#lab-panel')).fontSize)");
    }

    @Test
    @Order(11)
    void can_be_used_with_the_keyboard_alone() {
        ada_has_kept_a_note(Way.STAGE_3);
        ada.logsOut(Way.STAGE_3);
        shows("#lab-residue", "cookie in the browser");
        shows("#lab-exchanges", "POST /api/logout");

        browser.script("window.reached = []; addEventListener('focusin', event => reached.push(event.target))");
        Keys[] tabs = Stream.generate(() -> Keys.TAB).limit(ROUND_AND_ROUND).toArray(Keys[]::new);
        new Actions(browser.driver()).sendKeys(tabs).perform();

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
        new Actions(browser.driver()).sendKeys(Keys.HOME, Keys.ARROW_DOWN).perform();
        assertThat(browser.script(FOCUSED_EXCHANGE)).isEqualTo(1L);

        browser.find("#lab-next button").sendKeys(Keys.ENTER);
        shows("#lab-replay-outcome", "GET /api/me");
    }
}
