package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import logout.app.Stage;
import logout.app.session.Sessions;
import logout.sidebyside.browser.Oracle.Facts;
import logout.sidebyside.browser.Oracle.Seen;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By hand as many steps as wanted: {@code -Dtest=WalkTest -Dwalk=SEED:STEPS}, for each stage. */
@DisplayName("A walk at random over a stage's page meets no sentence that is not so")
@Order(1)
class WalkTest {

    private static final String[] WALK = System.getProperty("walk", "3:5").split(":");
    private static final String LOGIN = """
            const [path, username, password, done] = arguments;
            fetch(path, { method: 'POST', body: new URLSearchParams({ username, password }) }).then(() => done());""";
    private static final String STATUS = "return performance.getEntriesByType('resource')"
            + ".findLast(one => one.name.includes('/api/logout')).responseStatus";

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Oracle oracle = new Oracle(browser, stage);
    private final Random random = new Random(Long.parseLong(WALK[0]));
    private Facts now;

    /** What the stage's logout runs: null is its own route. */
    private String edit;

    /** One thing that a person does. It may find that it cannot be done now. */
    private interface Step {
        void take();
    }

    @ParameterizedTest(name = "stage {0}")
    @EnumSource(names = {"LINK", "STAGE_2", "STAGE_3", "STAGE_4"})
    void says_what_is_so_after_each_step(Way way) {
        stage.start(way.stage);
        browser.open(stage.address());
        oracle.holdsThePageToIt("a fresh page");
        Map<String, Step> steps = Map.ofEntries(
                Map.entry("ada logs in", () -> logIn("ada", "analytical-engine")),
                Map.entry("grace logs in", () -> logIn("grace", "nanoseconds")),
                Map.entry("a note", this::keepNote),
                Map.entry("a logout", () -> logOut(way == Way.LINK && random.nextBoolean() ? Way.FORM : way)),
                Map.entry("a logout again", () -> logOut(way)),
                Map.entry("a second tab", this::secondTab),
                Map.entry("a second browser", this::secondBrowser),
                Map.entry("a replay", this::replay),
                Map.entry("a link on another site", () -> foreignLink(way)),
                Map.entry("a slow save around a logout", () -> slowSave(way, false)),
                Map.entry("a slow save around a second login", () -> slowSave(way, true)),
                Map.entry("Back", this::back),
                Map.entry("a reload", browser::reload),
                Map.entry("an edit", () -> edit(way)),
                Map.entry("the table renamed and named back", this::storeIsAwayForAWhile));
        List<String> names = new ArrayList<>(steps.keySet().stream().sorted().toList());
        List<String> walked = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(WALK[1]); i++) {
            String name = names.get(random.nextInt(names.size()));
            walked.add(name);
            now = oracle.facts();
            steps.get(name).take();
            oracle.holdsThePageToIt("-Dwalk=" + WALK[0] + ", " + way + ", step " + (i + 1) + " of " + walked);
        }
    }

    private void logIn(String user, String password) {
        browser.asyncScript(LOGIN, stage.isPlainSite() ? "/login" : "/api/login", user, password);
        browser.open(stage.address());
    }

    /** What needs a user gets one, so that few steps do nothing. */
    private void somebodyIsLoggedIn() {
        if (now.user() == null) {
            logIn("ada", "analytical-engine");
            now = oracle.facts();
        }
    }

    private void keepNote() {
        somebodyIsLoggedIn();
        new Ada(browser, stage).comes();
        openLogoutPage();
        new Ada(browser, stage).keeps("note " + random.nextInt(100));
    }

    private void openLogoutPage() {
        browser.open(stage.address(stage.isPlainSite() ? "/profile" : "/"));
        browser.eventually(() -> assertThat(browser.has("#who")).isTrue());
    }

    private void logOut(Way way) {
        somebodyIsLoggedIn();
        openLogoutPage();
        clickLogout(way);
    }

    private void clickLogout(Way way) {
        Facts before = oracle.facts();
        click(way.button);
        browser.eventually(() -> assertThat(
                        browser.has("#login") || !browser.text("#status").isEmpty())
                .isTrue());
        int status = stage.isPlainSite() ? 302 : ((Long) browser.script(STATUS)).intValue();
        oracle.last = new Seen(
                way.method + " " + way.path, status, before, oracle.facts(), way == Way.STAGE_3 && edit == null, false);
    }

    private static void click(String selector) {
        browser.script("document.querySelector(arguments[0]).click()", selector);
    }

    private void secondTab() {
        browser.newTab();
        browser.open(stage.address());
    }

    private void secondBrowser() {
        String cookie = stage.graceLogsInElsewhere();
        if (random.nextBoolean()) {
            stage.ask("POST", stage.isPlainSite() ? "/logout" : "/api/logout", cookie);
        }
    }

    /** Presses the button of a try and waits for the answer. */
    private void tries(String name) {
        oracle.pageHasHeard();
        click("#lab-try-" + name);
        browser.eventually(() ->
                assertThat(browser.property("#lab-try-" + name, "ariaDisabled")).isEqualTo("false"));
        oracle.toldIn = "#lab-" + name + "-outcome";
    }

    private void replay() {
        tries("replay");
        Seen last = oracle.last;
        if (last == null) {
            return;
        }
        last.replayed = true;
        if (last.saveBroughtBack == null) {
            last.replay = oracle.facts()
                    .worth(
                            last.before.cookie(),
                            "logged in",
                            "not logged in, reads the note",
                            "logged in, reads the note",
                            "not logged in, an empty session",
                            "nothing");
        } else if (last.replay.startsWith("not tried")) {
            last.replay = "not seen: a save in flight has reached the session first";
        }
    }

    private void foreignLink(Way way) {
        somebodyIsLoggedIn();
        tries("foreign-link");
        Facts after = oracle.facts();
        boolean loggedOut = after.user() == null;
        Seen last = oracle.last;
        String request = last != null ? last.request : way == Way.LINK ? "GET /logout" : "GET /api/logout";
        oracle.link = new Oracle.Link(now.cookie(), request, loggedOut);
        if (last != null) {
            last.link = loggedOut ? "yes" : "";
        }
        if (loggedOut && (last == null || last.byLink)) {
            oracle.last = new Seen(request, 302, now, after, false, true);
        }
    }

    private void slowSave(Way way, boolean logsInAgain) {
        somebodyIsLoggedIn();
        openLogoutPage();
        oracle.pageHasHeard();
        click("#lab-try-slow-save");
        browser.eventually(() -> assertThat(browser.has("#lab-log-out-now")).isTrue());
        clickLogout(way);
        String old = oracle.last.before.cookie();
        if (logsInAgain) {
            logIn("grace", "nanoseconds");
        }
        browser.eventually(() -> assertThat(browser.property("#lab-slow-save-outcome", "textContent"))
                .contains("The save was answered"));
        Oracle.Row row = oracle.facts().rows().get(old);
        oracle.last.saveBroughtBack = row != null && oracle.last.user.equals(row.user());
        oracle.saved = true;
    }

    private void back() {
        browser.open(URI.create(stage.address("/assets/favicon.svg").toString()));
        browser.back();
    }

    /** A learner's edit of the route: the two lines of stage 3 swapped, one that throws, or the route as it was. */
    private void edit(Way way) {
        if (way == Way.LINK) {
            return;
        }
        edit = List.of("swapped", "throws", "sound").get(random.nextInt(3));
        String running = edit;
        Stage now = way.stage;
        stage.running()
                .server()
                .replace(new Stage(
                        now.number(),
                        now.title(),
                        now.lesson(),
                        (spark, app) -> {
                            spark.post("/api/logout", (request, response) -> {
                                Sessions.renew(request);
                                if (running.equals("swapped")) {
                                    response.removeCookie(
                                            app.cookie().path(), app.cookie().name());
                                }
                                if (running.equals("throws")) {
                                    throw new IllegalStateException("a learner's mistake");
                                }
                                response.status(204);
                                return "";
                            });
                            now.routes().accept(spark, app);
                        },
                        now.logouts()));
    }

    private void storeIsAwayForAWhile() {
        stage.running().breakStore();
        oracle.storeIsAway = true;
        oracle.holdsThePageToIt("the store is away", now);
        stage.running().repairStore();
        oracle.storeIsAway = false;
    }
}
