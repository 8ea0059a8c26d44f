package logout.systemtests.references;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.net.HttpCookie;
import java.util.List;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.systemtests.People;
import logout.testing.Browser;
import logout.testing.JsonReply;
import logout.testing.Person;
import logout.testing.PlainSite;
import logout.testing.RunningStage;
import logout.testing.SinglePage;

/**
 * Ada's visit to a stage: what she does there, and what a browser gets to see. A reply that is neither a yes nor a no
 * is an error, so that no fault is seen where something else went wrong.
 */
final class Visit {

    static final String NOTE = "buy milk for Mr Babbage";

    private final Logout logout;
    private final RunningStage stage;
    private final Person ada;
    private final Browser browser;
    private Response login;

    Visit(Logout logout, RunningStage stage) {
        this.logout = logout;
        this.stage = stage;
        this.ada = People.loggingOutBy(logout);
        this.browser = stage.newBrowser();
    }

    /** Logs in and keeps a note, and proves that both are there. */
    Visit logIn() {
        login = logout.onPlainSite() ? PlainSite.logIn(browser) : SinglePage.logIn(browser);
        ada.keepNote(browser, NOTE);
        assertThat(isLoggedIn(browser)).as("logged in").isTrue();
        assertThat(readsNote(browser)).as("has kept a note").isTrue();
        assertThat(stage.rowOf(browser).user()).as("the user in the row").isEqualTo("ada");
        return this;
    }

    /** Logs out, and proves that the stage took it for one. */
    Response logOut() {
        Response reply = sendLogout();
        assertThat(reply.statusCode()).as("the status of the logout").isEqualTo(logout.onPlainSite() ? 302 : 204);
        return reply;
    }

    /** Sends the logout, whatever comes of it. */
    Response sendLogout() {
        return ada.logOut(browser);
    }

    Logout logout() {
        return logout;
    }

    RunningStage stage() {
        return stage;
    }

    Person ada() {
        return ada;
    }

    Browser browser() {
        return browser;
    }

    /** The reply to the latest login. */
    Response login() {
        return login;
    }

    /** The page that shows who is logged in. */
    String personalPage() {
        return logout.onPlainSite() ? "/profile" : "/";
    }

    /** The key of the row that the browser's cookie names. */
    String id() {
        return browser.sessionCookie();
    }

    boolean isLoggedIn() {
        return isLoggedIn(browser);
    }

    static boolean isLoggedIn(Browser browser) {
        return isYes(browser.get("/api/me"), 200, 401);
    }

    static boolean readsNote(Browser browser) {
        Response reply = browser.get("/api/note");
        assertThat(reply.statusCode()).as("the status of /api/note").isEqualTo(200);
        return NOTE.equals(JsonReply.text(reply, "note"));
    }

    boolean savesNote(Browser browser) {
        return logout.onPlainSite()
                ? isYes(PlainSite.keepNote(browser, NOTE), 302, 401)
                : isYes(SinglePage.keepNote(browser, NOTE), 200, 401);
    }

    /** Whether it gets the page that only the plain site has: the one that takes a login to be seen at all. */
    boolean seesProfile(Browser browser) {
        return logout.onPlainSite() && isYes(browser.get("/profile"), 200, 302);
    }

    private static boolean isYes(Response reply, int yes, int no) {
        assertThat(reply.statusCode()).as("yes or no").isIn(yes, no);
        return reply.statusCode() == yes;
    }

    /** What a reply sets the session cookie to: each of its headers. */
    List<HttpCookie> setCookies(Response reply) {
        return browser.setCookies(reply).stream()
                .map(header -> HttpCookie.parse(header).get(0))
                .toList();
    }

    /** The row with this key, or null. */
    StoredSession row(String id) {
        return stage.rows().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    List<String> rowIds() {
        return stage.rows().stream().map(StoredSession::id).toList();
    }
}
