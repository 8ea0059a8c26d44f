package logout.exercises.check;

import io.restassured.response.Response;
import java.util.List;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.RunningStage;

/** A logout that leaves nothing behind: no cookie, no row, and nothing for a copy of the old cookie. */
final class ThoroughLogout {

    private final RunningStage stage;
    private final String method;
    private final String path;

    /** Of a stage, by the request that logs out there. */
    ThoroughLogout(RunningStage stage, String method, String path) {
        this.stage = stage;
        this.method = method;
        this.path = path;
    }

    /** Logs Ada in and out, and insists that nothing is left; then logs out once more, and without a session. */
    void insist() {
        Browser ada = Visit.loggedIn(stage, Visit.ADA);
        insist(ada, 0);
        insistOnSilence(ada, "a second logout");
        insistOnSilence(stage.newBrowser(), "a logout of somebody who was not logged in");
    }

    /**
     * Logs Ada out, and insists that nothing is left.
     *
     * @param otherRows how many rows belong to others, and stay
     */
    void insist(Browser ada, int otherRows) {
        StoredSession row = stage.rowOf(ada);
        String cookie = ada.sessionCookie();
        Browser thief = ada.copy();
        Response reply = ada.request().request(method, path);
        Visit.succeeds(reply, method + " " + path);
        insistOnTheStore(row, thief, otherRows, stage.rowOf(ada));
        insistOnTheBrowser(ada, cookie, ada.setCookies(reply));
    }

    private void insistOnTheStore(StoredSession row, Browser thief, int otherRows, StoredSession newRow) {
        LeftBehind.when(
                Visit.user(thief) != null,
                "A copy of the old cookie is still logged in as %s, and the row is still in the session store.",
                row.user());
        LeftBehind.when(Visit.note(thief) != null, "A copy of the old cookie still reads the note.");
        LeftBehind.when(Visit.isThere(row, stage), "The old row is still in the session store.");
        LeftBehind.when(
                newRow != null,
                "A new row is in the session store, and the browser holds a new cookie that points to it.");
        LeftBehind.when(
                stage.rows().size() > otherRows,
                "A new row is in the session store, and no browser holds the cookie that points to it.");
    }

    private static void insistOnTheBrowser(Browser ada, String before, List<String> setCookies) {
        String now = ada.sessionCookie();
        LeftBehind.when(
                now != null && now.equals(before) && setCookies.isEmpty(),
                "The browser still holds the old cookie: the reply has no Set-Cookie for it.");
        LeftBehind.when(
                now != null && now.equals(before),
                "The browser still holds the old cookie. The reply says: Set-Cookie: %s. The session cookie of the exercises,"
                        + " stage-05.sid, was set with Path=/.",
                String.join(" and: ", setCookies));
        LeftBehind.when(now != null, "The browser holds a new cookie, and it points to no row.");
        LeftBehind.when(
                setCookies.size() > 1,
                "The reply sets the session cookie %d times, with a new id among them; one deletion is enough.",
                setCookies.size());
    }

    private void insistOnSilence(Browser browser, String what) {
        Response reply = browser.request().request(method, path);
        Visit.succeeds(reply, "On " + what + ", " + method + " " + path);
        List<String> setCookies = browser.setCookies(reply);
        LeftBehind.when(!stage.rows().isEmpty(), "After %s there is a row in the session store.", what);
        LeftBehind.when(browser.sessionCookie() != null, "After %s the browser holds a cookie.", what);
        LeftBehind.when(
                setCookies.size() > 1, "The reply to %s sets the session cookie %d times.", what, setCookies.size());
    }
}
