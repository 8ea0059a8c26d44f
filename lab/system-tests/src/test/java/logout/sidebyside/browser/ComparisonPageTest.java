package logout.sidebyside.browser;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import logout.experiment.ResidueColumn;
import logout.express.ExpressStack;
import logout.launcher.DatabaseOption;
import logout.panel.RowReader;
import logout.sidebyside.ComparisonServer;
import logout.sidebyside.Logout;
import logout.sidebyside.ReadmeTable;
import logout.sidebyside.RunningStages;
import logout.testing.Json;
import logout.testing.QuickAccounts;
import logout.testing.RunningExpress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

@DisplayName("The comparison page")
@Order(0) // beside the lab panel's: the two that take the longest
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
        return part.contains(document.elementFromPoint(left + width / 2, top + height / 2));\
        """;

    private static final String PLACES = """
        return [...document.querySelectorAll('.top > *, .now, #next')]
            .map(part => JSON.stringify([part.id, part.getBoundingClientRect()]));\
        """;

    /** Which cells bear a sign, and which one. */
    private static final String SIGNS = """
        return [...document.querySelectorAll(`td[data-kind=${arguments[0]}]`)]
            .map(cell => `${cell.parentNode.dataset.line} ${cell.dataset.column} ${cell.querySelector('.sign').innerText}`)\
        """;

    /** Makes the tab know a run. Who is still to uncover something is one who predicts. */
    private static final String REMEMBER = """
        const [stack, name, covered, choices] = arguments;
        sessionStorage.setItem(`run on ${stack}`, JSON.stringify({ name, covered, choices }));
        localStorage.setItem('predict', covered.length > 0 ? 'first' : 'no');\
        """;

    private static final List<String> LOGOUT_IS_COVERED =
            LOGOUTS.stream().map(logout -> "LOG_OUT " + logout.ordinal()).toList();

    /** What can be foreseen of a line, in the words of the README's table. */
    private static final Map<ResidueColumn, List<String>> ANSWERS = Map.of(
            ResidueColumn.COOKIE, List.of("same", "replaced", "gone"),
            ResidueColumn.OLD_ROW, List.of("stays", "gone"),
            ResidueColumn.REPLAY, List.of("logged in", "reads the note", "nothing"),
            ResidueColumn.SAVE_IN_FLIGHT, List.of("yes", "no"),
            ResidueColumn.FOREIGN_LINK, List.of("yes", "no"));

    /** How far it is, in pixels, from the last row of a step to what is said of it. */
    private static final String FROM_ROW_TO_CONCLUSION = """
        const row = document.querySelector('[data-state=now] tr:last-child td:last-child').getBoundingClientRect();
        const said = document.querySelector('#now-remark').getBoundingClientRect();
        return [said.top - row.bottom, said.bottom <= innerHeight && said.top >= 0];\
        """;

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    private static RunningStages stages;
    private static ComparisonServer server;

    /** The name of a run that is over: its visitors have left. */
    private static String seen;

    /** The same on Express, where one logout is never answered: that is waited for while the other tests run. */
    private static CompletableFuture<String> seenOnExpress;

    @BeforeAll
    static void the_stages_run_and_all_steps_have_been_done_once() {
        stages = RunningStages.start(LOGOUTS, 0, new DatabaseOption(), QuickAccounts.ALL, one -> {});
        server = ComparisonServer.start(0, stages);
        seen = runToItsEnd("spark");
        seenOnExpress = CompletableFuture.supplyAsync(() -> runToItsEnd("express"), run -> new Thread(run).start());
    }

    private static String runToItsEnd(String stack) {
        String run = Json.of(given().post(server.address().resolve("/api/run?stack=" + stack)))
                .text("run");
        given().contentType("application/json")
                .body(Map.of("run", run, "step", "FOREIGN_LINK"))
                .post(server.address().resolve("/api/step"))
                .then()
                .statusCode(200);
        return run;
    }

    @AfterAll
    static void the_lesson_is_over() {
        server.close();
        stages.close();
    }

    /** On a projector. */
    @BeforeEach
    void somebody_comes_who_has_not_been_there() {
        browser.setSize(WIDTH, HEIGHT);
        // Where nobody has pressed anything, a page has no focus to give.
        browser.driver().executeCdpCommand("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        browser.open(server.address().resolve("/assets/favicon.svg"));
        browser.script("localStorage.clear(); sessionStorage.clear()");
    }

    private static void opens() {
        browser.open(server.address());
        isReady();
    }

    private static void isReady() {
        browser.eventually(
                () -> assertThat(browser.has("#next[aria-disabled=false]")).isTrue());
    }

    /** Opens the page with so many steps of the run that is over. */
    private static void shows(int steps, List<String> covered, Map<String, String> choices) {
        shows("spark", seen, steps, covered, choices);
    }

    private static void shows(String stack, String run, int steps, List<String> covered, Map<String, String> choices) {
        browser.script(REMEMBER, stack, run, covered, choices);
        browser.open(server.address().resolve("/?stack=" + stack + "&step=" + steps));
        isAtStep(steps);
    }

    private static void showsAllUpTo(int step) {
        shows(step, List.of(), Map.of());
    }

    private static void press(Keys... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    private static void isAtStep(int number) {
        browser.eventually(() -> {
            assertThat(browser.text("#now-title")).startsWith(number + "/" + STEPS);
            assertThat(browser.has("[data-state=running]")).isFalse();
        });
    }

    private static void goesOnTo(int step) {
        for (Long shown = shown(); shown < step; shown = shown()) {
            press(Keys.PAGE_DOWN);
            isAtStep(shown.intValue() + 1);
        }
    }

    private static Long shown() {
        return (Long) browser.script("return document.querySelectorAll('[data-state=done], [data-state=now]').length");
    }

    /** Where it does not matter what lies over it. */
    private static String cell(ResidueColumn line, Logout logout) {
        return browser.text(cellOf(line, logout) + " .words");
    }

    private static String cellOf(ResidueColumn line, Logout logout) {
        return "tr[data-line=" + line.key() + "] td[data-column=\"" + logout.ordinal() + "\"]";
    }

    @Test
    @Order(1)
    void opens_with_the_story_and_tells_it_with_a_clicker_and_there_is_nothing_to_scroll_until_its_end() {
        opens();
        assertThat(browser.text("#now-title")).contains("Ada logged out on a library computer.", "What is left?");
        assertThat(browser.script(SHOWN, "main button, table")).as("one button").isEqualTo(1L);
        for (int step = 1; step <= STEPS; step++) {
            press(Keys.PAGE_DOWN);
            isAtStep(step);
            assertThat(browser.script("return document.documentElement.scrollHeight"))
                    .as("step " + step)
                    .isEqualTo((long) HEIGHT);
            assertThat(browser.script("return document.documentElement.scrollWidth"))
                    .isEqualTo((long) WIDTH);
            if (step == 3) {
                Pictures.take(browser, "comparison-covered");
            }
            if (step >= 3) {
                press(Keys.PAGE_DOWN);
                browser.eventually(() -> assertThat(browser.has(".cover")).isFalse());
            }
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
        assertThat(browser.text("#end-sum"))
                .isEqualTo(
                        "What somebody else can use is left by Stage 1 (GET). Something untidy, and nothing worse, is"
                                + " left by Stage 1 (POST), Stage 2, Stage 3. Nothing at all is left by Stage 4.");
        List<?> links = (List<?>) browser.script(
                "return [...document.querySelectorAll('a[href^=\"/\"]')].map(link => link.getAttribute('href'))");
        assertThat(links).asString().contains("/docs/exercises/01-", "/docs/check-your-own-app.md", "/?stack=express");
        for (Object link : links) {
            assertThat(browser.status((String) link)).as("%s", link).isEqualTo(200);
        }
    }

    @Test
    @Order(1)
    void is_gone_through_by_keys_alone_with_all_choices_made_and_says_which_were_right() {
        opens();
        for (int step = 1; step <= STEPS; step++) {
            press(Keys.ARROW_RIGHT);
            isAtStep(step);
            if (step >= 3) {
                press(Keys.TAB, Keys.SPACE);
                assertThat(browser.script(SHOWN, ".cover")).isEqualTo(5L);
                assertThat(browser.script(SHOWN, ":checked")).as("one for all").isEqualTo(5L);
                if (step == 4) {
                    new Actions(browser.driver())
                            .keyDown(Keys.SHIFT)
                            .sendKeys(Keys.TAB, Keys.TAB, Keys.TAB)
                            .keyUp(Keys.SHIFT)
                            .perform();
                    press(Keys.ARROW_DOWN);
                }
                press(Keys.PAGE_DOWN);
                browser.eventually(() -> assertThat(browser.has(".cover")).isFalse());
            }
        }

        // The first answer for all, which are same, stays, logged in, yes, yes; but of stage 4's row another.
        assertThat(browser.text("#score")).isEqualTo("You foresaw 5 of 25.");
        assertThat(browser.text(cellOf(ResidueColumn.COOKIE, Logout.STAGE_1_GET) + " .foreseen"))
                .endsWith("=");
        assertThat(browser.text(cellOf(ResidueColumn.COOKIE, Logout.STAGE_4) + " .foreseen"))
                .endsWith("≠ same");
        assertThat(browser.text("#end-steps"))
                .contains("Replay the old cookie: 0 of 5.", "the replay of Stage 1 (GET)");
        assertThat(browser.property("#end-steps li:nth-child(2) a:last-of-type", "href"))
                .endsWith("/docs/stage-03-clear-cookie.md");
    }

    /** Each answer once for each cell, and sometimes none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Order(1)
    void counts_what_was_foreseen_as_the_readme_has_it(int first) {
        Map<String, String> choices = new HashMap<>();
        int right = 0;
        for (Logout logout : LOGOUTS) {
            Map<String, String> readme = ReadmeTable.ofTheReadme().column(logout);
            for (ResidueColumn line : ANSWERS.keySet()) {
                int answer = (first + logout.ordinal()) % 4;
                if (answer < ANSWERS.get(line).size()) {
                    String choice = ANSWERS.get(line).get(answer);
                    choices.put(line.key() + " " + logout.ordinal(), choice);
                    right += readme.get(line.title()).matches("(.*, )?" + choice + "(,.*)?") ? 1 : 0;
                }
            }
        }

        shows(STEPS, List.of(), choices);

        String score = "You foresaw " + right + " of " + choices.size() + ".";
        assertThat(browser.text("#score")).isEqualTo(score);
        assertThat(browser.text("#end-sum")).endsWith(score);
        assertThat(browser.script(SHOWN, ".foreseen[data-right=true]")).isEqualTo((long) right);
    }

    @Test
    @Order(1)
    void tells_what_a_word_means_as_the_docs_do_where_it_is_hovered_or_focused() throws IOException {
        showsAllUpTo(STEPS);
        String docs = Files.readString(Path.of("../../docs/README.md"))
                .replace("`", "")
                .replace("*", "");
        List<?> words = (List<?>) browser.script(
                "return [...new Set([...document.querySelectorAll('dfn')].map(word => word.dataset.word))]");
        assertThat(words).hasSizeGreaterThan(7).asString().contains("row", "renew", "replay", "save in flight");

        for (Object word : words) {
            String selector = "dfn[data-word='" + word + "']";
            browser.script("document.querySelector(arguments[0]).focus()", selector);
            browser.eventually(
                    () -> assertThat(docs).contains("| " + word + " | " + browser.text("#word-line") + " |"));
        }
        browser.script("document.activeElement.blur()");
        assertThat(browser.has("#word-line")).isFalse();
        new Actions(browser.driver())
                .moveToElement(browser.find("dfn[data-word=renew]"))
                .perform();
        browser.eventually(() -> assertThat(browser.text("#word-line")).contains("an empty session"));
    }

    @Test
    @Order(2)
    void shows_the_same_on_express_by_a_link_and_comes_back_to_where_one_was() {
        // Express is installed, where nobody has done so yet; where it cannot be, there is nothing to compare.
        RunningExpress.start(new ExpressStack.Options("5", null, Map.of(), List.of()))
                .close();
        String run = seenOnExpress.join();
        showsAllUpTo(2);

        browser.open(server.address().resolve("/?stack=express"));
        isReady();
        goesOnTo(1);
        shows("express", run, STEPS, List.of(), Map.of());

        assertThat(browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0L);
        assertThat(browser.text("tr[data-line=replay] td[data-column=\"1\"] .words"))
                .isEqualTo("logged in, reads the note");
        assertThat(browser.text("tr[data-line=setCookie] td[data-column=\"4\"] .words"))
                .isEqualTo("2: the deletion, then a new id");
        assertThat(browser.text("tr[data-line=saveInFlight] td[data-column=\"6\"] .words"))
                .isEqualTo("yes");
        assertThat(browser.text("#now-remark")).contains("the old session lives on");
        Pictures.take(browser, "comparison-express");
        browser.press("#logouts [data-stage=\"7\"] .open-code");
        assertThat(browser.text("#code-lines")).contains("if (error) return next(error);");
        browser.press("#code-close");
        opensTheDrawing(4, "FOREIGN_LINK");
        assertThat(browser.text("#drawn"))
                .contains("Another site sends POST /api/logout without a session cookie.")
                .contains("No reply to POST /api/logout has been seen.");
        browser.press("#drawing-close");

        browser.press("#end a[href='/']");
        isAtStep(2);
        assertThat(browser.text("#logouts")).contains("Stage 4").doesNotContain("Express");
    }

    private void opensTheDrawing(int column, String step) {
        browser.press("#logouts th:nth-child(" + (column + 2) + ") .open-drawing");
        browser.press("#tab-" + step);
        browser.eventually(() -> {
            assertThat(browser.has("#drawn .drawing"))
                    .as(browser.text("#drawing-said"))
                    .isTrue();
            assertThat(browser.has("#tab-" + step + "[aria-selected=true]")).isTrue();
        });
    }

    @Test
    @Order(2)
    void draws_each_request_of_a_logout_and_steps_through_it_not_through_the_page() {
        showsAllUpTo(1);
        opensTheDrawing(5, "LOG_IN");
        assertThat(browser.text("#drawn"))
                .contains("The visitor sends POST /api/login without a session cookie.")
                .doesNotContain("is back");
        Pictures.takePart(browser, "drawing-login", "#drawing");
        browser.press("#drawing-close");

        showsAllUpTo(STEPS);
        browser.script("const ask = fetch; window.fetch = (...request) => { window.fetch = ask;"
                + " return new Promise(answer => { window.answer = () => answer(ask(...request)); }); }");
        opensTheDrawing(4, "LOG_IN");
        browser.asyncScript("addEventListener('exchange', () => setTimeout(arguments[0])); answer()");
        assertThat(browser.text("#drawn")).as("an answer that is late").doesNotContain("POST /api/logout");
        browser.press("#tab-LOG_OUT");
        browser.eventually(() -> assertThat(browser.text("#drawn")).contains("The deletion is overwritten"));
        assertThat(browser.text("#drawing-title")).isEqualTo("Stage 3: POST /api/logout");
        press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(browser.text("#drawn [aria-current=step]")).contains("The server reads the row");
        browser.press("#drawing-close");
        isAtStep(STEPS);

        for (int column = 1; column <= LOGOUTS.size(); column++) {
            opensTheDrawing(column, "SLOW_SAVE");
            browser.eventually(() -> assertThat(browser.text("#drawn")).contains("The slow save sends"));
            new Drawing(browser).spoilsNoLabel();
            browser.press("#drawing-close");
        }
        opensTheDrawing(1, "SLOW_SAVE");
        assertThat(browser.text("#drawing-title")).isEqualTo("Stage 1: GET /logout");
        assertThat(browser.text("#drawn"))
                .contains(
                        "The slow save sends POST /note", "The visitor sends GET /logout", "ada is back in the store.");
        press(Keys.ESCAPE);
        browser.eventually(() -> assertThat(browser.has("dialog[open]")).isFalse());
    }

    @Test
    @Order(2)
    void marks_what_others_can_use_more_strongly_than_what_is_untidy_and_neither_by_colour_alone() {
        showsAllUpTo(STEPS);

        assertThat(browser.has(cellOf(ResidueColumn.SET_COOKIE, Logout.STAGE_3) + "[data-overwritten]"))
                .isTrue();
        assertThat((List<?>) browser.script(SIGNS, "danger"))
                .hasToString("[oldRow 0 !, replay 0 !, saveInFlight 0 !, foreignLink 0 !]");
        assertThat((List<?>) browser.script(SIGNS, "untidy"))
                .asString()
                .contains("cookie 0 ~", "setCookie 3 ~", "newRow 2 ~");
        assertThat((List<?>) browser.script(SIGNS, "clean")).asString().contains("cookie 4 ✓");
    }

    @Test
    @Order(3)
    void keeps_its_run_its_step_what_is_covered_and_what_is_chosen_when_it_goes_back_or_is_loaded_anew() {
        opens();
        goesOnTo(3);
        browser.click("input[name='cookie 3'][value=gone]");
        String fingerprint = fingerprintOfStage4();
        int rows = rows();
        assertThat(browser.driver().getCurrentUrl()).endsWith("/?step=3");

        browser.reload();
        isAtStep(3);
        isReady();
        assertThat(fingerprintOfStage4()).isEqualTo(fingerprint);
        assertThat(browser.script(SHOWN, ".cover")).isEqualTo(5L);
        assertThat(browser.script(SHOWN, ":checked")).isEqualTo(1L);
        assertThat(browser.has("[name='cookie 3'][value=gone]:checked")).isTrue();

        press(Keys.PAGE_UP);
        isAtStep(2);
        browser.reload();
        isAtStep(2);
        assertThat(browser.has("[data-line=cookie]"))
                .as("done, but taken off the page")
                .isFalse();

        isReady();
        goesOnTo(3);
        assertThat(rows()).as("nothing is done again").isEqualTo(rows);
        assertThat(fingerprintOfStage4()).isEqualTo(fingerprint);
        browser.press(cellOf(ResidueColumn.COOKIE, Logout.STAGE_1_GET) + " .cover");
        assertThat(browser.text("tr[data-line=cookie] td[data-column=\"0\"] .fingerprint"))
                .as("stage 1's link leaves the cookie of the run that went on")
                .isEqualTo(browser.text("tr[data-line=user] td[data-column=\"0\"] .fingerprint"));

        browser.script(REMEMBER, "spark", "forgotten", List.of(), Map.of());
        browser.reload();
        browser.eventually(() -> assertThat(browser.text("#trouble")).contains("This run is over."));
        assertThat(browser.has(".fingerprint")).isFalse();
        browser.click("#recover");
        press(Keys.PAGE_DOWN);
        isAtStep(1);
    }

    @Test
    @Order(3)
    void covers_what_is_asked_and_what_would_spoil_it_until_it_is_uncovered_one_by_one_or_all_at_once() {
        shows(3, LOGOUT_IS_COVERED, Map.of());
        assertThat(browser.text("[data-line=reply]")).contains("302", "204");
        assertThat(browser.property("#step-LOG_OUT", "textContent")).doesNotContain("new id", "overwritten", "none");
        assertThat(browser.script("return [...document.querySelectorAll('#step-LOG_OUT tr')].map(row =>"
                        + " row.dataset.line).join()"))
                .isEqualTo("reply,cookie,setCookie");
        browser.press("#logouts th:nth-child(6) .open-drawing");
        browser.eventually(() -> assertThat(browser.text("#drawing-said")).contains("still covered"));
        assertThat(browser.has("#drawn .drawing")).isFalse();
        browser.press("#drawing-close");

        browser.click("input[name='cookie 4'][value=gone]");
        browser.click("tr[data-line=cookie] td[data-column=\"4\"] .cover");
        browser.eventually(
                () -> assertThat(cell(ResidueColumn.COOKIE, Logout.STAGE_4)).isEqualTo("gone"));
        assertThat(cell(ResidueColumn.SET_COOKIE, Logout.STAGE_4)).isEqualTo("one: the deletion");
        assertThat(browser.text("#score")).isEqualTo("You foresaw 1 of 1.");
        assertThat(browser.script(SHOWN, ".cover")).isEqualTo(4L);
        assertThat(browser.has(".cover:focus"))
                .as("the focus goes to the next one")
                .isTrue();

        press(Keys.PAGE_DOWN);
        isAtStep(4);
        assertThat(browser.script(SHOWN, ".cover"))
                .as("a lesson may go by columns")
                .isEqualTo(9L);
        browser.press("#logouts th:nth-child(7) .open-drawing");
        browser.eventually(() -> assertThat(browser.text("#drawing-said")).contains("still covered"));
        browser.press("#drawing-close");
        press(Keys.PAGE_DOWN);
        browser.eventually(() -> assertThat(browser.has("#step-LOOK .cover")).isFalse());
        assertThat(browser.text("#score")).as("nobody has to choose").isEqualTo("You foresaw 1 of 1.");
        opensTheDrawing(5, "LOG_OUT");
    }

    @Test
    @Order(4)
    void starts_afresh_with_new_visitors_when_somebody_is_sure() {
        opens();
        goesOnTo(1);
        String fingerprint = fingerprintOfStage4();

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
            return new RowReader(stages.server(Logout.STAGE_4).store())
                    .newest(100)
                    .size();
        } catch (IOException e) {
            throw new AssertionError("The session store cannot be read.", e);
        }
    }

    @Test
    @Order(5)
    void takes_a_presenter_who_clicks_fast_through_the_story_without_mixing_anything_up() {
        opens();
        browser.press("#predict");
        int others = rows();
        // One press begins a step, and one that comes meanwhile is not lost: each burst makes two steps.
        for (int step = 2; step < STEPS; step += 2) {
            browser.script("for (let i = 0; i < 12; i++) document.querySelector('#next').click()");
            isAtStep(step);
        }
        assertThat(cell(ResidueColumn.COOKIE, Logout.STAGE_4)).isEqualTo("gone");
        assertThat(rows() - others).as("visitors of one run: one at a time").isLessThanOrEqualTo(1);
        browser.script("for (const move of ['#next', '.step']) document.querySelector(move).click()");
        isAtStep(1);
    }

    /** To a page, a zoom of 200 % is a window of half the size. */
    @Test
    @Order(6)
    void is_twice_as_large_at_a_zoom_of_200_percent_and_leaves_room_to_read_at_400() {
        showsAllUpTo(4);
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
        showsAllUpTo(4);
        browser.press("#projector");
        assertThat(browser.script("return document.cookie")).asString().contains("size=projector");

        assertThat(browser.script("return document.documentElement.scrollHeight"))
                .isEqualTo((long) HEIGHT);
        for (String part :
                List.of("#next small", "#next span", ".number", ".sign", ".words", ".fingerprint", "thead code")) {
            assertThat((String) browser.script(FONT_SIZE, part)).as(part).isEqualTo("16px");
        }
    }

    @Test
    @Order(6)
    void shows_what_is_pressed_and_current_in_forced_colours_and_prints_all_columns_with_choices_and_without_bars() {
        shows(4, List.of(), Map.of("cookie 0", "same", "cookie 4", "same"));
        browser.prefers(Map.of("forced-colors", "active"));
        assertThat(browser.script(STYLE, "#predict", "backgroundColor"))
                .isEqualTo(browser.script(STYLE, "#afresh", "backgroundColor"));
        browser.press("#predict");
        assertThat(browser.script(STYLE, "#predict", "backgroundColor"))
                .isNotEqualTo(browser.script(STYLE, "#afresh", "backgroundColor"));
        assertThat(browser.script(STYLE, "[data-step=LOOK]", "outlineStyle")).isEqualTo("solid");
        assertThat(browser.script(STYLE, "[data-step=LOG_OUT]", "outlineStyle")).isEqualTo("none");

        browser.command("Emulation.setEmulatedMedia", Map.of("media", "print"));
        browser.setSize(A4_LANDSCAPE, HEIGHT);
        assertThat(browser.script(SHOWN, ".moves, .top button, .links button")).isEqualTo(0L);
        assertThat(browser.script("return [...document.querySelectorAll('.now, #logouts > th')]"
                        + ".every(part => getComputedStyle(part).position === 'static')"))
                .isEqualTo(true);
        assertThat(browser.script(SHOWN, "[data-line=oldRow] .words")).isEqualTo((long) LOGOUTS.size());
        assertThat(browser.text(cellOf(ResidueColumn.COOKIE, Logout.STAGE_1_GET) + " .foreseen"))
                .endsWith("=");
        assertThat(browser.text(cellOf(ResidueColumn.COOKIE, Logout.STAGE_4) + " .foreseen"))
                .endsWith("≠ same");
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

        assertThat(browser.text("noscript"))
                .contains("JavaScript", "turn it on", "mvn -q compile exec:java -Dexec.args=--table");
        assertThat(browser.property("noscript a", "href"))
                .isEqualTo(stages.server(Logout.STAGE_1_GET).address().toString());
        assertThat(browser.script(SHOWN, "button")).as("what would do nothing").isEqualTo(0L);
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .isEqualTo(320L);
    }

    @Test
    @Order(6)
    void says_that_the_server_does_not_answer_or_that_it_waits_and_moves_nothing_when_the_answers_come() {
        opens();
        List<?> places = (List<?>) browser.script(PLACES);
        blocks("*/api/*");
        press(Keys.PAGE_DOWN);
        browser.eventually(() -> assertThat(browser.text("#trouble")).startsWith("The server does not answer."));
        blocks();
        browser.click("#recover");
        isAtStep(1);

        blocks("*/comparison.js");
        browser.open(server.address());
        assertThat(browser.text("#now-story")).isEqualTo("Asking the server …");
        assertThat((List<?>) browser.script(PLACES)).isEqualTo(places);
    }

    private static void blocks(String... addresses) {
        browser.command("Network.enable", Map.of());
        browser.command("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    @Test
    @Order(6)
    void introduces_each_logout_by_a_short_name_a_link_and_the_code_of_its_route() {
        showsAllUpTo(1);
        assertThat(browser.find("#logouts [data-stage=\"1\"]").getAccessibleName())
                .isEqualTo("Stage 1 (GET)");
        assertThat(browser.property("#logouts [data-stage=\"3\"] a", "href"))
                .isEqualTo(stages.server(Logout.STAGE_3).address().toString());

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
    @Order(8)
    void gives_axe_nothing_to_complain_of() {
        opens();
        Axe.assertNoViolation(browser);
        shows(3, LOGOUT_IS_COVERED, Map.of());
        Axe.assertNoViolation(browser);
        shows(STEPS, List.of(), Map.of("cookie 0", "same", "cookie 4", "same"));
        assertThat(browser.has(".foreseen[data-right=false]")).isTrue();

        Axe.assertNoViolation(browser);
        browser.open(server.address().resolve("/docs/stage-03-clear-cookie.md"));
        browser.script("document.querySelectorAll('details').forEach(part => { part.open = true })");
        Axe.assertNoViolation(browser);
    }

    @Test
    @Order(6)
    void has_the_conclusion_beside_the_row_that_has_come_and_hides_no_column_head_in_a_small_window() {
        showsAllUpTo(3);
        for (int[] size : new int[][] {{390, 844}, {900, 700}, {WIDTH / 2, HEIGHT / 2}, {1100, 620}}) {
            browser.setSize(size[0], size[1]);
            goesOnTo(shown().intValue() + 1);
            List<?> place = (List<?>) browser.script(FROM_ROW_TO_CONCLUSION);
            assertThat(((Number) place.get(0)).intValue())
                    .as("at %s px", size[0])
                    .isBetween(0, 40);
            assertThat(place.get(1)).isEqualTo(true);
        }
        for (int column = 3; column <= LOGOUTS.size() + 2; column++) {
            for (String part : List.of("a", "code", "small")) {
                String head = "#logouts th:nth-child(" + column + ") " + part;
                assertThat(browser.script(IS_IN_SIGHT, head)).as(head).isEqualTo(true);
            }
        }
    }
}
