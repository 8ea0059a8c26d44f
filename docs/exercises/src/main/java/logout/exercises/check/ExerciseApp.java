package logout.exercises.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.ContractLogout;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;
import logout.launcher.StageWithPanel;
import logout.panel.RowReader;
import logout.panel.Sender;

/**
 * A logout of a learner's app, as the logout under test of the experiment; and what else a check does there.
 *
 * @param forged what a page of another site makes a browser send
 * @param visited what each user asks for before the login, or null
 */
record ExerciseApp(StageWithPanel running, Call logout, Call forged, Call visited) implements ContractLogout {

    static final DemoAccount ADA = DemoAccount.ALL.get(0);
    static final DemoAccount GRACE = DemoAccount.ALL.get(1);

    @Override
    public String name() {
        return running.server().stage().title();
    }

    @Override
    public String effect() {
        return running.server().stage().lesson();
    }

    @Override
    public URI address() {
        return running.server().address();
    }

    @Override
    public String cookieName() {
        return running.server().stage().sessionCookie().name();
    }

    @Override
    public PageProtocol protocol() {
        return logout.path().startsWith("/api/") ? PageProtocol.SINGLE_PAGE : PageProtocol.CLASSIC;
    }

    @Override
    public String user() {
        return ADA.name();
    }

    @Override
    public String password() {
        return ADA.password();
    }

    @Override
    public String agent() {
        return Sender.agent(Sender.VISITOR);
    }

    @Override
    public void visit(HttpUser user) throws IOException {
        if (visited != null) {
            user.send(visited);
        }
    }

    @Override
    public LogoutRequest logout(HttpUser user) {
        return new LogoutRequest(logout, forged, "", null);
    }

    /** Whoever is refused the note does not read it. */
    @Override
    public Boolean readsNote(HttpUser user) throws IOException {
        HttpResponse<String> reply = user.copy().send(protocol().readNote());
        return reply.statusCode() != 401 && protocol().holdsNote(reply);
    }

    @Override
    public StoredSession session(String cookie) throws IOException {
        return stored().stream()
                .filter(row -> row.id().equals(cookie))
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean deletionWasOverwritten(String cookie) {
        return running.panel().logout(logout, "").deletionWasOverwritten(cookie);
    }

    /** The rows of the session store. */
    List<StoredSession> stored() throws IOException {
        try {
            return new RowReader(running.server().store()).newest(Integer.MAX_VALUE);
        } catch (SQLException e) {
            throw new IOException("The session store does not answer.", e);
        }
    }

    /** Somebody with a browser of their own, who is logged in and keeps a note; both are proved. */
    HttpUser loggedIn(DemoAccount account) throws IOException {
        HttpUser user = newUser(agent());
        visit(user);
        logIn(user, account, 1);
        user.send(protocol().keepNote("buy milk"));
        LeftBehind.when(!readsNote(user), "Logged in, %s cannot keep a note.", account.name());
        return user;
    }

    /** Logs an account in, with whatever cookies the user has, and proves it by so many looks at most. */
    void logIn(HttpUser user, DemoAccount account, int looks) throws IOException {
        send(user, protocol().logIn(account.name(), account.password()));
        boolean known = false;
        for (int i = 0; i < looks && !known; i++) {
            known = isLoggedInAs(user, account);
        }
        LeftBehind.when(!known, "After the login of %s, GET /api/me does not say so.", account.name());
    }

    /** Whether the app takes this user for that one. */
    boolean isLoggedInAs(HttpUser user, DemoAccount account) throws IOException {
        return isLoggedIn(user) && user.copy().send(protocol().whoAmI()).body().contains('"' + account.name() + '"');
    }

    /** Sends a request, and insists that it did what it should, whatever its reply says beyond that. */
    HttpResponse<String> send(HttpUser user, Call call) throws IOException {
        HttpResponse<String> reply = user.send(call);
        int status = reply.statusCode();
        LeftBehind.when(status == 500, "%s answers 500: the route throws an exception. The terminal shows it.", call);
        LeftBehind.when(status == 404 || status == 405, "There is no route for %s any more.", call);
        LeftBehind.when(status >= 400, "%s answers %d.", call, status);
        return reply;
    }

    /** The same for a method and a path. */
    String send(HttpUser user, String method, String path) throws IOException {
        return send(user, Call.of(method, path)).body();
    }
}
