package logout.sidebyside.browser;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import logout.app.account.DemoAccount;
import logout.panel.RouteSource;
import logout.sidebyside.browser.Oracle.Facts;
import logout.sidebyside.browser.Oracle.Row;
import logout.sidebyside.browser.Oracle.Seen;
import logout.testing.Browser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By hand as many steps as wanted: {@code -Dtest=WalkTest -Dwalk=SEED:STEPS}, for each stage. */
@DisplayName("A walk at random over a stage's page meets no sentence that is not so")
@Order(1)
class WalkTest {

    private static final String[] WALK = System.getProperty("walk", "311559:10").split(":");
    private static final String LOGIN = """
            const [path, username, password, done] = arguments;
            fetch(path, { method: 'POST', body: new URLSearchParams({ username, password }) }).then(() => done());""";
    private static final String STATUS = """
            const answered = performance.getEntriesByType('resource').findLast(one => one.name.includes('/api/logout'));
            return (answered ?? performance.getEntriesByType('navigation')[0]).responseStatus;""";

    private static final String IS_NEXT_PAGE = "return !window.isBefore && document.readyState === 'complete'";
    private static final String IS_ANSWERED = "return !document.getElementById('log-out')?.disabled"
            + " && document.getElementById('status').textContent !== ''";

    /** What a page sends comes and goes without cookies. */
    private static final String BLOCK_COOKIES = """
            const send = fetch;
            window.fetch = (path, options) => send(path, { ...options, credentials: 'omit' });""";

    private static final String CLEAR = "response.removeCookie(app.cookie().path(), app.cookie().name());";

    /** What a learner makes of the text of the app class; what does not compile has no effect. */
    private static final Map<String, Edit> EDITS = Map.of(
            "sound", text -> text,
            "swapped",
                    text -> text.replace(CLEAR, "").replace("response.status(204);", CLEAR + "response.status(204);"),
            "throws first", text -> text.replace("-> {", "-> {if (true) throw new IllegalStateException(\"mistake\");"),
            "throws last", text -> text.replace("return \"\";", "throw new IllegalStateException(\"mistake\");"),
            "broken", text -> text.replace("return \"\";", "return \"\""),
            "empty", text -> "");

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    @TempDir
    private Path folder;

    private final Oracle oracle = new Oracle(browser, stage);
    private final Ada ada = new Ada(browser, stage);
    private final Random random = new Random(Long.parseLong(WALK[0]));
    private Path app;
    private Way way;
    private Facts now;

    /** In the order in which they are made. */
    private final List<String> edits =
            new ArrayList<>(EDITS.keySet().stream().sorted().toList());

    private String edit = "sound";

    private interface Edit {
        String of(String text);
    }

    /** One thing that a person does, so often in each bag of steps. */
    private record Step(int times, String name, Runnable take) {}

    private final List<Step> steps = List.of(
            new Step(2, "a login", () -> logIn(random.nextInt(2))),
            new Step(1, "a note", this::keepNote),
            new Step(2, "a note and a logout", () -> {
                keepNote();
                logOut();
            }),
            new Step(1, "a logout", this::logOut),
            new Step(1, "a second tab", this::secondTab),
            new Step(1, "a second browser", this::secondBrowser),
            new Step(2, "a replay", this::replay),
            new Step(1, "a link on another site", this::foreignLink),
            new Step(1, "a slow save around a logout", () -> slowSave(false)),
            new Step(1, "a slow save around a second login", () -> slowSave(true)),
            new Step(1, "Back", this::back),
            new Step(1, "a reload", browser::reload),
            new Step(2, "an edit", () -> edit(edits.get(oracle.edits % edits.size()))),
            new Step(0, "an edit that swaps the two lines", () -> edit("swapped")),
            new Step(0, "an edit that throws", () -> edit("throws last")),
            new Step(1, "cookies blocked", this::cookiesAreBlocked),
            new Step(1, "the table renamed and named back", this::storeIsAwayForAWhile));

    @ParameterizedTest(name = "stage {0}")
    @EnumSource(names = {"LINK", "STAGE_2", "STAGE_3", "STAGE_4"})
    void says_what_is_so_after_each_step(Way of) throws IOException {
        way = of;
        stage.start(way.stage);
        random.setSeed(Long.parseLong(WALK[0]) * 10 + way.stage.number());
        Collections.shuffle(edits, random);
        app = stage.runsFrom(folder.resolve("stage-copy"));
        oracle.route = route(source());
        oracle.routeBefore = way == Way.LINK ? null : route(RouteSource.resource(way.stage, "before"));
        browser.open(stage.address());
        oracle.holdsThePageToIt("a fresh page");
        List<Step> bag = beginning();
        List<String> walked = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(WALK[1]); i++) {
            if (bag.isEmpty()) {
                steps.forEach(step -> bag.addAll(Collections.nCopies(step.times, step)));
                Collections.shuffle(bag, random);
            }
            Step step = bag.remove(0);
            walked.add(step.name);
            String where = "-Dwalk=" + WALK[0] + ":" + (i + 1) + ", " + way + ", after " + walked;
            try {
                now = oracle.facts();
                step.take.run();
                oracle.holdsThePageToIt(step.name);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(where + ", " + edit + ": " + e.getMessage(), e);
            }
        }
    }

    /** Where pages have contradicted themselves. */
    private List<Step> beginning() {
        List<String> names = switch (way) {
            case LINK -> List.of("cookies blocked", "a slow save around a logout", "a link on another site");
            case STAGE_2 -> List.of("a replay", "a note", "a logout", "a login", "a logout");
            case STAGE_3 -> List.of("a note and a logout", "an edit that swaps the two lines", "a note and a logout");
            default -> List.of("an edit that throws", "a note and a logout", "a link on another site");
        };
        return names.stream()
                .flatMap(name -> steps.stream().filter(step -> step.name.equals(name)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** What a source has between its tags. */
    private static String route(String source) {
        return source.replaceAll("(?s).*// tag::logout\\[]|// end::logout\\[].*", "");
    }

    private String source() {
        return RouteSource.resource(way.stage, "now");
    }

    private void logIn(int account) {
        DemoAccount user = DemoAccount.ALL.get(account);
        if (browser.has("main #login")) {
            browser.fillIn("#username", user.name());
            browser.fillIn("#password", user.password());
            browser.press("#log-in");
            browser.eventually(() -> assertThat(browser.text("main #who")).isEqualTo(user.name()));
        } else {
            browser.asyncScript(LOGIN, stage.isPlainSite() ? "/login" : "/api/login", user.name(), user.password());
            browser.open(stage.address());
        }
    }

    /** What needs a user gets one, so that few steps do nothing. */
    private void somebodyIsLoggedIn() {
        if (now.user() == null) {
            logIn(0);
            now = oracle.facts();
        }
        if (!browser.has("main " + way.button)) {
            browser.open(stage.address(stage.isPlainSite() ? "/profile" : "/"));
            browser.eventually(
                    () -> assertThat(browser.has("main " + way.button)).isTrue());
        }
    }

    private void keepNote() {
        somebodyIsLoggedIn();
        ada.keeps("note " + random.nextInt(100));
    }

    private void logOut() {
        logOut(false);
    }

    private void logOut(boolean saveFollows) {
        somebodyIsLoggedIn();
        Way taken = oracle.last != null && stage.isPlainSite() && random.nextInt(3) == 0 ? Way.FORM : way;
        Facts before = oracle.facts();
        LocalTime begun = LocalTime.now();
        browser.script("performance.clearResourceTimings(); window.isBefore = true");
        browser.press(taken.button);
        browser.eventually(() -> assertThat(browser.script(stage.isPlainSite() ? IS_NEXT_PAGE : IS_ANSWERED))
                .isEqualTo(true));
        int status = ((Long) browser.script(STATUS)).intValue();
        if (!browser.has("#lab-panel")) {
            browser.open(stage.address());
        }
        Facts later = oracle.facts();
        Map<String, Row> rows = saveFollows && taken == Way.LINK ? leftByLink(before) : later.rows();
        Facts after = new Facts(later.cookie(), later.user(), rows);
        boolean overwritten = way == Way.STAGE_3
                && !edit.equals("swapped")
                && after.cookie() != null
                && !after.cookie().equals(before.cookie());
        oracle.last = new Seen(
                begun,
                taken.method + " " + taken.path,
                status == 200 ? 302 : status,
                before,
                after,
                overwritten,
                false,
                oracle.edits);
    }

    /** The rows as the link leaves them. They cannot be looked at: the save may have changed them by then. */
    private Map<String, Row> leftByLink(Facts before) {
        Map<String, Row> rows = new HashMap<>(before.rows());
        if (!edit.equals("throws first")) {
            rows.put(before.cookie(), new Row(null, before.own().note()));
        }
        return rows;
    }

    private void secondTab() {
        String first = browser.currentTab();
        browser.newTab();
        browser.open(stage.address());
        browser.eventually(
                () -> assertThat(browser.has("main #login, main #who")).isTrue());
        if (now.user() == null || random.nextBoolean()) {
            logIn(random.nextInt(2));
        } else {
            logOut();
        }
        browser.driver().close();
        browser.switchTo(first);
        if (stage.isPlainSite()) {
            browser.open(stage.address());
        }
    }

    private void secondBrowser() {
        Browser grace = stage.graceLogsInElsewhere();
        if (random.nextBoolean()) {
            grace.post(stage.isPlainSite() ? "/logout" : "/api/logout");
        }
    }

    /** Presses the button of a try and waits for the answer. */
    private void tries(String name) {
        oracle.pageHasHeard();
        presses(name);
    }

    private void presses(String name) {
        browser.press("#lab-try-" + name);
        browser.eventually(() ->
                assertThat(browser.property("#lab-try-" + name, "ariaDisabled")).isEqualTo("false"));
        oracle.toldIn = "#lab-" + name + "-outcome";
    }

    private void replay() {
        tries("replay");
        if (oracle.last != null) {
            oracle.last.isReplayed(oracle.facts(), oracle.edits, true);
        }
    }

    private void foreignLink() {
        somebodyIsLoggedIn();
        LocalTime begun = LocalTime.now();
        tries("foreign-link");
        Facts after = oracle.facts();
        boolean loggedOut = after.user() == null;
        Seen last = oracle.last;
        String request = last != null ? last.request : way == Way.LINK ? "GET /logout" : "GET /api/logout";
        oracle.link = new Oracle.Link(now, request, loggedOut);
        if (last != null && (last.edit == oracle.edits || !last.link.startsWith("not"))) {
            last.link = last.edit == oracle.edits ? (loggedOut ? "yes" : "no") : last.link;
        } else if (last != null) {
            last.link = "not seen: the code was edited after this logout";
        }
        if (loggedOut && (last == null || last.byLink)) {
            oracle.last = new Seen(begun, request, 302, now, after, false, true, oracle.edits);
        }
    }

    private void slowSave(boolean logsInAgain) {
        somebodyIsLoggedIn();
        oracle.pageHasHeard();
        browser.press("#lab-try-slow-save");
        browser.eventually(() -> assertThat(browser.property("#lab-slow-save-outcome", "textContent"))
                .contains("Log out now"));
        logOut(true);
        if (logsInAgain && oracle.last.after.user() == null) {
            logIn(1);
        }
        browser.eventually(() -> assertThat(browser.has("#lab-slow-save-outcome .finding:not([data-running])"))
                .isTrue());
        Facts after = oracle.facts();
        oracle.last.isSaved(after);
        oracle.saved = true;
        oracle.toldIn = after.user() == null ? "#lab-slow-save-outcome" : null;
    }

    private void back() {
        browser.open(stage.address("/assets/favicon.svg"));
        browser.back();
    }

    /** Saves the route as a learner might write it, and waits until it is taken or refused. */
    private void edit(String chosen) {
        String text = EDITS.get(chosen).of(source());
        int before = editsTaken();
        try {
            Files.writeString(app, text + "\n".repeat(++oracle.edits));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        until("the edit is taken or refused", () -> editsTaken() > before);
        oracle.mistake = chosen.equals("broken") ? "';' expected" : chosen.equals("empty") ? "holds no class" : null;
        if (oracle.mistake == null) {
            edit = chosen;
            oracle.route = route(text);
        }
        assertThat(oracle.facts()).as("what there is after an edit").isEqualTo(now);
    }

    private int editsTaken() {
        return stage.running().newBrowser().panel().number("code");
    }

    /** Nobody can log in, and the page says why; afterwards the browser keeps cookies again. */
    private void cookiesAreBlocked() {
        if (stage.isPlainSite()) {
            browser.command("Emulation.setDocumentCookieDisabled", Map.of("disabled", true));
            browser.open(stage.address());
            assertThat(browser.has("#no-cookies")).isEqualTo(now.user() == null);
            if (now.user() == null) {
                assertThat(browser.text("#no-cookies")).contains("keeps no cookie", "Are cookies blocked?");
            }
            browser.command("Emulation.setDocumentCookieDisabled", Map.of("disabled", false));
        } else if (now.user() == null) {
            browser.script(BLOCK_COOKIES);
            browser.fillIn("#username", "ada");
            browser.fillIn("#password", DemoAccount.ALL.get(0).password());
            browser.press("#log-in");
            browser.eventually(() -> assertThat(browser.text("#status")).contains("Are cookies blocked?"));
            Facts without = new Facts(null, null, oracle.facts().rows());
            oracle.holdsThePageToIt("cookies are blocked", without);
        }
        browser.open(stage.address());
    }

    private void storeIsAwayForAWhile() {
        stage.running().breakStore();
        oracle.storeIsAway = true;
        oracle.holdsThePageToIt("the store is away", now);
        if (oracle.last != null) {
            presses("replay");
            oracle.last.isReplayed(now, oracle.edits, false);
        }
        stage.running().repairStore();
        oracle.storeIsAway = false;
    }
}
