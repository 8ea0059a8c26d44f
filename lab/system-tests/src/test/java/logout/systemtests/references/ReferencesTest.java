package logout.systemtests.references;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import logout.experiment.RequestInFlight;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.testing.Browser;
import logout.testing.CapturedLog;
import logout.testing.Json;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Each condition of docs/checklist.md as a probe over each of the five logouts. A probe sees what there is, over HTTP and
 * in the session store; what it sees is compared with {@link ReferencesTable}, faults included.
 */
@DisplayName("What the references ask of a logout")
@ResourceLock(Resources.SYSTEM_ERR)
class ReferencesTest {

    private static final String GARBAGE = "garbage.w00000000";
    private static final String INVENTED = "w00000000node01e0v5kq3m0y8x1d2c3b4a5f6g7h0.w00000000";

    @RegisterExtension
    static final FourStages stages = new FourStages();

    private static Visit login(Claim claim) {
        return newVisit(claim).logIn();
    }

    private static Visit newVisit(Claim claim) {
        return new Visit(claim.logout(), stages.with(claim.logout()));
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(1)
    void the_old_id_is_dead(Claim claim) {
        Visit ada = login(claim);
        Browser thief = ada.browser().copy();
        assertThat(ada.savesNote(thief)).as("a replay works before the logout").isTrue();
        assertThat(ada.seesProfile(thief)).isEqualTo(claim.logout().onPlainSite());

        ada.logOut();

        claim.isSeen(new Faults()
                .when(ada.isLoggedIn(), "the user is still logged in")
                .when(Visit.isLoggedIn(thief), "the old cookie is logged in")
                .when(ada.seesProfile(thief), "the old cookie sees the profile")
                .when(Visit.readsNote(thief), "the old cookie reads the note")
                .when(ada.savesNote(thief), "the old cookie saves a note")
                .verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(2)
    void the_row_is_gone(Claim claim) {
        List<String> before = newVisit(claim).rowIds();
        Visit ada = login(claim);
        String id = ada.id();
        assertThat(ada.rowIds()).hasSize(before.size() + 1).contains(id);

        ada.logOut();

        StoredSession old = ada.row(id);
        Faults faults = new Faults()
                .when(old != null && old.note() != null, "the old row stays, with the note")
                .when(old != null && old.note() == null, "the old row stays");
        ada.stage().rows().stream()
                .filter(row -> !row.id().equals(id) && !before.contains(row.id()))
                .forEach(row -> faults.when(row.user() == null, "a new, anonymous row is there")
                        .when(row.user() != null, "a new row with the user is there"));
        claim.isSeen(faults.verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(3)
    void one_set_cookie_and_it_is_the_deletion(Claim claim) {
        Visit ada = login(claim);
        HttpCookie atLogin = ada.setCookies(ada.login()).get(0);
        assertThat(atLogin.getValue()).isEqualTo(ada.browser().sessionCookie());

        List<HttpCookie> atLogout = ada.setCookies(ada.logOut());

        Faults faults = new Faults()
                .when(atLogout.isEmpty(), "there is none")
                .when(atLogout.size() > 1, "there are " + atLogout.size());
        for (HttpCookie cookie : atLogout) {
            boolean newId = !cookie.getValue().isEmpty();
            boolean samePlace = atLogin.getPath().equals(cookie.getPath()) && cookie.getDomain() == null;
            faults.when(newId, "it sets a new id")
                    .when(!newId && !cookie.hasExpired(), "it does not expire")
                    .when(!samePlace, "it is for another path or domain");
        }
        claim.isSeen(faults.verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(4)
    void the_browser_holds_no_session_cookie(Claim claim) {
        Visit ada = login(claim);
        String before = ada.browser().sessionCookie();
        assertThat(before).isNotNull();

        ada.logOut();

        String after = ada.browser().sessionCookie();
        claim.isSeen(new Faults()
                .when(before.equals(after), "the same cookie is there")
                .when(after != null && !before.equals(after), "a new cookie is there")
                .verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(5)
    void nothing_brings_it_back(Claim claim) {
        Visit ada = login(claim);
        Browser thief = ada.browser().copy();
        ada.logOut();
        List<String> rows = ada.rowIds();

        Faults faults = new Faults();
        for (Browser client : List.of(ada.browser(), thief)) {
            for (String path : List.of("/", "/api/me", "/api/note", "/no-such-page")) {
                Response reply = client.get(path);
                faults.when(!ada.setCookies(reply).isEmpty(), "GET " + path + " sets a cookie");
            }
            faults.when(Visit.isLoggedIn(client), "the user is logged in again");
        }
        claim.isSeen(
                faults.when(!rows.containsAll(ada.rowIds()), "a row comes back").verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(6)
    void only_the_user_can_log_the_user_out(Claim claim) {
        Visit ada = login(claim);
        Logout logout = claim.logout();
        RequestSpecification disguised = ada.browser().request().header("X-HTTP-Method-Override", "POST");

        Faults faults = new Faults();
        if (!itsGetIsAnotherLogout(logout)) {
            ada.browser().get(logout.path());
            faults.when(isLoggedOutAndLogsInAgain(ada), "a GET logs the user out");
        }
        disguised.get(logout.path());
        faults.when(isLoggedOutAndLogsInAgain(ada), "a GET that claims to be a POST logs the user out");
        for (Map.Entry<String, String> sign :
                List.of(Map.entry("Origin", "http://elsewhere.example"), Map.entry("Sec-Fetch-Site", "cross-site"))) {
            Response reply = ada.browser()
                    .request()
                    .header(sign.getKey(), sign.getValue())
                    .request(logout.method(), logout.path());
            boolean loggedOut = isLoggedOutAndLogsInAgain(ada);
            faults.when(loggedOut, "another site logs the user out")
                    .when(!loggedOut && reply.statusCode() != 403, "another site is answered " + reply.statusCode());
        }
        claim.isSeen(faults.verdict());
    }

    /** On stage 1 a GET of the same path is the other of its two logouts, which is judged as such. */
    private static boolean itsGetIsAnotherLogout(Logout logout) {
        return Arrays.stream(Logout.values())
                .filter(other -> other != logout && other.stage() == logout.stage())
                .anyMatch(other -> other.method().equals("GET") && other.path().equals(logout.path()));
    }

    private static boolean isLoggedOutAndLogsInAgain(Visit ada) {
        boolean loggedOut = !ada.isLoggedIn();
        if (loggedOut) {
            ada.logIn();
        }
        return loggedOut;
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(7)
    void a_logout_without_a_login_is_harmless(Claim claim) {
        Visit ada = login(claim);
        Browser thief = ada.browser().copy();
        int status = ada.logOut().statusCode();
        int rows = ada.rowIds().size();

        int second = ada.sendLogout().statusCode();
        int replayed = ada.ada().logOut(thief).statusCode();
        int anonymous = ada.ada().logOut(ada.stage().newBrowser()).statusCode();
        int garbage = logOutWithCookie(ada, GARBAGE).statusCode();

        claim.isSeen(new Faults()
                .when(second != status, "the second time it answers " + second)
                .when(replayed != status, "to the old cookie it answers " + replayed)
                .when(anonymous != status, "without a cookie it answers " + anonymous)
                .when(garbage != status, "to a garbage cookie it answers " + garbage)
                .when(ada.rowIds().size() > rows, "it leaves a row")
                .verdict());
    }

    private static Response logOutWithCookie(Visit ada, String value) {
        return withCookie(ada, value)
                .request(ada.logout().method(), ada.logout().path());
    }

    private static RequestSpecification withCookie(Visit ada, String value) {
        return ada.stage().newBrowser().request().header("Cookie", ada.browser().sessionCookieName() + "=" + value);
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(8)
    void a_login_changes_the_id(Claim claim) {
        Visit ada = login(claim);
        List<Browser> before = new ArrayList<>(List.of(ada.browser().copy()));
        ada.logIn();
        Faults faults = new Faults().when(holdsAnIdOf(before, ada), "a second login keeps the id");
        before.add(ada.browser().copy());
        ada.logOut();
        before.add(ada.browser().copy());
        before.add(ada.browser().holding(INVENTED).copy());
        assertThat(ada.browser().sessionCookie()).isEqualTo(INVENTED);

        ada.logIn();

        faults.when(holdsAnIdOf(before, ada), "a login takes an id that was there before");
        for (Browser old : before) {
            faults.when(Visit.isLoggedIn(old), "an id from before the login is logged in");
        }
        claim.isSeen(faults.verdict());
    }

    private static boolean holdsAnIdOf(List<Browser> before, Visit ada) {
        return before.stream()
                .map(Browser::sessionCookie)
                .filter(Objects::nonNull)
                .anyMatch(ada.id()::equals);
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(9)
    void other_sessions_live_on(Claim claim) {
        Visit phone = login(claim);
        Visit ada = login(claim);

        ada.logOut();

        claim.isSeen(new Faults()
                .when(!phone.isLoggedIn(), "the other session is logged out")
                .when(!Visit.readsNote(phone.browser()), "the other session has lost its note")
                .verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(10)
    void the_browser_keeps_nothing_personal(Claim claim) {
        Visit ada = login(claim);
        Faults faults = new Faults().when(mayBeKept(ada.login()), "the reply to the login may be kept");
        List<String> paths = List.of("/", ada.personalPage(), "/api/me", "/api/note");
        for (String path : paths) {
            faults.when(mayBeKept(ada.browser().get(path)), path + " may be kept");
        }

        faults.when(mayBeKept(ada.logOut()), "the reply to the logout may be kept");

        for (String path : List.of("/", ada.personalPage())) {
            Response reply = ada.browser().get(path);
            faults.when(mayBeKept(reply), path + " may be kept after the logout")
                    .when(isPersonal(reply), path + " shows something personal after the logout");
        }
        claim.isSeen(faults.verdict());
    }

    private static boolean mayBeKept(Response reply) {
        return !reply.headers().getValues("Cache-Control").contains("no-store");
    }

    private static boolean isPersonal(Response page) {
        String text = page.asString();
        return text.contains(Visit.NOTE) || text.contains("id=\"who\">ada");
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(11)
    void every_page_offers_the_logout(Claim claim) {
        Visit ada = login(claim);

        String page = ada.browser()
                .get(ada.personalPage())
                .then()
                .statusCode(200)
                .extract()
                .asString();

        String control = switch (claim.logout()) {
            case STAGE_1_GET -> "<a [^>]*href=\"/logout\\?[^\"]*\"[^>]*>Log out";
            case STAGE_1_POST -> "<form [^>]*method=\"post\" action=\"/logout\">.*<button[^>]*>Log out";
            case STAGE_2, STAGE_3, STAGE_4 -> "<button id=\"log-out\"[^>]*>Log out";
        };
        claim.isSeen(new Faults()
                .when(!Pattern.compile(control, Pattern.DOTALL).matcher(page).find(), "the page has no such control")
                .verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(12)
    void a_failing_store_is_no_logout(Claim claim) {
        Visit ada = login(claim);
        Response[] replies = new Response[2];

        CapturedLog.during(() -> {
            ada.stage().breakStore();
            try {
                replies[0] = ada.sendLogout();
                replies[1] = ada.browser().get("/");
            } finally {
                ada.stage().repairStore();
            }
        });

        Response logout = replies[0];
        claim.isSeen(new Faults()
                .when(logout.statusCode() < 500, "it answers " + logout.statusCode())
                .when(logout.header("Location") != null, "it redirects as if all were done")
                .when(!ada.setCookies(logout).isEmpty(), "it sets the cookie as if all were done")
                .when(!logout.asString().contains("The session store failed"), "it does not say what is wrong")
                .when(replies[1].statusCode() < 500, "the home page is shown as if all were well")
                .when(!ada.isLoggedIn(), "the user is half logged out")
                .verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(13)
    void a_request_in_flight_revives_nothing(Claim claim) {
        Visit ada = login(claim);
        String id = ada.id();
        Browser thief = ada.browser().copy();
        boolean wasGone;
        try (RequestInFlight save = ada.ada().beginToSave(ada.browser(), "saved too late")) {
            ada.logOut();
            wasGone = ada.row(id) == null;
            assertThat(Visit.isLoggedIn(thief))
                    .as("logged in before the save ends")
                    .isFalse();

            save.finish();
        }

        claim.isSeen(new Faults()
                .when(Visit.isLoggedIn(thief), "a save in flight logs the user in again")
                .when(wasGone && ada.row(id) != null, "the row is back")
                .verdict());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(14)
    void an_idle_session_ends_too(Claim claim) {
        Visit ada = login(claim);
        String id = ada.id();
        ada.stage().letSessionsRunOut();
        int rows = ada.rowIds().size();

        Faults faults = new Faults()
                .when(ada.isLoggedIn(), "the user is still logged in")
                .when(Visit.readsNote(ada.browser()), "the old cookie reads the note")
                .when(ada.savesNote(ada.browser()), "the old cookie saves a note")
                .when(ada.seesProfile(ada.browser()), "the old cookie sees the profile")
                .when(ada.row(id) != null, "the row stays");
        ada.logOut();
        claim.isSeen(faults.when(ada.rowIds().size() >= rows, "a row comes in its place")
                .verdict());
    }

    /**
     * Over HTTP: that the page comes without anything personal, that its script stores nothing in the browser, and that it
     * is the page of stage 4, with which SinglePageTest tries the rest in a real browser.
     */
    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(15)
    void the_page_forgets_by_itself(Claim claim) {
        Visit ada = login(claim);
        String page = ada.browser().get(ada.personalPage()).asString();
        if (!page.contains("/assets/single-page.js")) {
            assertThat(page).as("the page comes whole").contains(Visit.NOTE);
            claim.isSeen(Verdict.doesNotApply("the server makes each page anew"));
            return;
        }

        String triedInABrowser =
                stages.with(Logout.STAGE_4).newBrowser().get("/").asString();
        claim.isSeen(new Faults()
                .when(page.contains(Visit.NOTE), "the page comes with the note in it")
                .when(storesInTheBrowser(ada.browser()), "a script stores something in the browser")
                .when(!app(page).equals(app(triedInABrowser)), "its page is another than that of stage 4")
                .verdict());
    }

    /** What a page shows with JavaScript; what it shows without names the port of stage 1. */
    private static String app(String page) {
        return page.substring(page.indexOf("<main>"), page.indexOf("</main>"))
                .replaceFirst("(?s)<noscript>.*?</noscript>", "");
    }

    private static boolean storesInTheBrowser(Browser browser) {
        Pattern storage = Pattern.compile("localStorage|sessionStorage|indexedDB|document\\.cookie|caches\\b");
        return List.of("single-page.js", "server.js", "view.js").stream()
                .map(script -> browser.get("/assets/" + script)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .anyMatch(script -> storage.matcher(script).find());
    }

    @ParameterizedTest(name = "{0}")
    @OfEachLogout
    @Order(16)
    void no_id_is_shown_or_logged(Claim claim) {
        Set<String> ids = new HashSet<>();
        List<Response> replies = new ArrayList<>();

        String log = CapturedLog.during(() -> {
            Visit ada = login(claim);
            Visit phone = login(claim);
            ids.addAll(List.of(ada.id(), phone.id()));
            replies.add(sendTwoSessions(ada, phone));
            replies.addAll(everythingAroundALogout(ada));
        });

        replies.stream()
                .flatMap(reply -> reply.headers().getValues("Set-Cookie").stream())
                .map(header -> HttpCookie.parse(header).get(0).getValue())
                .filter(id -> !id.isEmpty())
                .forEach(ids::add);
        Faults faults = new Faults();
        for (String id : ids) {
            faults.when(log.contains(id), "an id is in the log");
            replies.forEach(reply -> faults.when(reply.asString().contains(id), "an id is in a page or its data")
                    .when(inAHeader(reply, id), "an id is in an address or a header"));
        }
        claim.isSeen(faults.verdict());
    }

    /** The replies to all that can be asked before, during and after a logout, in fair weather and in foul. */
    private static List<Response> everythingAroundALogout(Visit ada) {
        Browser browser = ada.browser();
        Browser thief = browser.copy();
        RunningStage stage = ada.stage();
        List<Response> replies = new ArrayList<>(List.of(ada.login()));
        List<String> pages = List.of("/", ada.personalPage(), "/api/me", "/no-such-page", "/lab/state", "/lab/code");
        pages.forEach(path -> replies.add(browser.get(path)));
        replies.add(browser.request().header("Origin", "null").post(ada.logout().path()));
        replies.add(withCookie(ada, browser.sessionCookie() + "; " + browser.sessionCookieName() + "=" + GARBAGE)
                .get("/"));
        stage.breakStore();
        try {
            replies.add(ada.sendLogout());
            replies.add(browser.get(ada.personalPage()));
        } finally {
            stage.repairStore();
        }
        replies.add(ada.logOut());
        replies.add(ada.sendLogout());
        for (Browser client : List.of(browser, thief)) {
            pages.forEach(path -> replies.add(client.get(path)));
        }
        replies.addAll(headersInTheLabPanel(browser));
        return replies;
    }

    /** Jetty itself refuses this, and left alone it would say both ids. */
    private static Response sendTwoSessions(Visit ada, Visit phone) {
        String another =
                ada.browser().sessionCookieName() + "=" + phone.browser().sessionCookie();
        Response reply =
                withCookie(ada, ada.browser().sessionCookie() + "; " + another).get("/");
        assertThat(reply.statusCode()).as("two sessions at once").isEqualTo(400);
        return reply;
    }

    private static List<Response> headersInTheLabPanel(Browser browser) {
        return Json.of(browser.get("/lab/state")).list("exchanges").stream()
                .map(exchange -> browser.get("/lab/headers?exchange=" + exchange.number("number")))
                .toList();
    }

    private static boolean inAHeader(Response reply, String id) {
        return reply.headers().asList().stream()
                .filter(header -> !header.getName().equalsIgnoreCase("Set-Cookie"))
                .anyMatch(header -> header.getValue().contains(id));
    }
}
