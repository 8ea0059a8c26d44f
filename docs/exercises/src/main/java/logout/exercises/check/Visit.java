package logout.exercises.check;

import io.restassured.response.Response;
import java.util.stream.Stream;
import logout.app.account.DemoAccount;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.JsonReply;
import logout.testing.RunningStage;
import logout.testing.SinglePage;

/** What people do in the checks, and what can be seen of it. */
final class Visit {

    static final DemoAccount ADA = DemoAccount.ALL.get(0);
    static final DemoAccount GRACE = DemoAccount.ALL.get(1);
    static final String NOTE = "buy milk";

    private Visit() {}

    /** Logs an account in, keeps a note, and proves both. */
    static Browser loggedIn(RunningStage stage, DemoAccount account) {
        Browser browser = stage.newBrowser();
        logIn(browser, account);
        LeftBehind.when(
                SinglePage.keepNote(browser, NOTE).statusCode() != 200 || !NOTE.equals(note(browser)),
                "%s is logged in and cannot keep a note.",
                account.name());
        return browser;
    }

    /** Logs an account in, with whatever cookie the browser has, and proves it. */
    static void logIn(Browser browser, DemoAccount account) {
        logIn(browser, account, 1);
    }

    /** The same, looking so often at most whether the login is known. */
    static void logIn(Browser browser, DemoAccount account, int looks) {
        succeeds(SinglePage.logIn(browser, account), "POST /api/login");
        boolean known = Stream.generate(() -> user(browser)).limit(looks).anyMatch(account.name()::equals);
        LeftBehind.when(!known, "%s logs in, and GET /api/me does not say so.", account.name());
    }

    /** Insists that a request did what it should, whatever its reply says beyond that. */
    static void succeeds(Response reply, String request) {
        int status = reply.statusCode();
        LeftBehind.when(status == 500, "%s answers 500: the route throws an exception. It is logged above.", request);
        LeftBehind.when(status == 405, "There is no route for %s any more.", request);
        LeftBehind.when(status >= 400, "%s answers %d.", request, status);
    }

    /** Who is logged in with this browser's cookies, or null. */
    static String user(Browser browser) {
        Response reply = browser.get("/api/me");
        return reply.statusCode() == 200 ? JsonReply.text(reply, "user") : null;
    }

    /** The note that these cookies lead to, or null. */
    static String note(Browser browser) {
        Response reply = browser.get("/api/note");
        return reply.statusCode() == 200 ? JsonReply.text(reply, "note") : null;
    }

    /** Whether the row is still in the session store, whatever it holds now. */
    static boolean isThere(StoredSession row, RunningStage stage) {
        return stage.rows().stream().anyMatch(other -> other.id().equals(row.id()));
    }
}
