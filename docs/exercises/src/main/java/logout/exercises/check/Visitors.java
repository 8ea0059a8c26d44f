package logout.exercises.check;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.HttpUser;
import logout.experiment.StoredSession;
import logout.panel.RowReader;
import logout.panel.StageLogout;

/** What people do at a learner's app; each insists that it has worked. */
final class Visitors {

    static final DemoAccount ADA = DemoAccount.ALL.get(0);
    static final DemoAccount GRACE = DemoAccount.ALL.get(1);

    private Visitors() {}

    static HttpUser newUser(StageLogout app) {
        return app.newUser(app.agent());
    }

    /** Somebody with a browser of their own, who is logged in and keeps a note; both are proved. */
    static HttpUser loggedIn(StageLogout app, DemoAccount account) throws IOException {
        HttpUser user = newUser(app);
        logIn(app, user, account);
        user.send(app.keepNote(user, "buy milk"));
        LeftBehind.when(!app.readsNote(user), "Logged in, %s cannot keep a note.", account.name());
        return user;
    }

    /** Logs an account in, with whatever cookies the user has, and proves it. */
    static void logIn(StageLogout app, HttpUser user, DemoAccount account) throws IOException {
        send(user, app.protocol().logIn(account.name(), account.password()));
        boolean known = false;
        // A cache that drops a session at the end of the login can miss it in a request of that very moment. The next
        // finds it.
        for (int looks = 0; looks < 3 && !known; looks++) {
            known = isLoggedInAs(app, user, account);
        }
        LeftBehind.when(!known, "After the login of %s, GET /api/me does not say so.", account.name());
    }

    static boolean isLoggedInAs(StageLogout app, HttpUser user, DemoAccount account) throws IOException {
        return app.isLoggedIn(user)
                && user.copy().send(app.personal(user)).body().contains('"' + account.name() + '"');
    }

    /** Sends a request, insists that it did what it should, whatever its reply says beyond that, and returns the body. */
    static String send(HttpUser user, Call call) throws IOException {
        HttpResponse<String> reply = user.send(call);
        int status = reply.statusCode();
        LeftBehind.when(status == 500, "%s answers 500: the route throws an exception. The terminal shows it.", call);
        LeftBehind.when(status == 404 || status == 405, "There is no route for %s any more.", call);
        LeftBehind.when(status >= 400, "%s answers %d.", call, status);
        return reply.body();
    }

    /** The rows of the session store. */
    static List<StoredSession> stored(StageLogout app) throws IOException {
        return new RowReader(app.store()).newest(Integer.MAX_VALUE);
    }
}
