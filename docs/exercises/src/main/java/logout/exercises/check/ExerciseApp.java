package logout.exercises.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.ContractLogout;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;
import logout.launcher.StageWithPanel;
import logout.panel.RowReader;
import logout.panel.StageLogout;

/**
 * A logout of a learner's app, as the logout under test of the experiment; and what else a check does there.
 *
 * @param stage the same logout, as one of a stage
 * @param forged what a page of another site makes a browser send
 * @param visited what each user asks for before the login, or null
 */
record ExerciseApp(StageLogout stage, Call logout, Call forged, Call visited) implements ContractLogout {

    static final DemoAccount ADA = DemoAccount.ALL.get(0);
    static final DemoAccount GRACE = DemoAccount.ALL.get(1);

    /** An app that runs, whose logout is that of the single pages. */
    static ExerciseApp of(StageWithPanel running) {
        Call logout = PageProtocol.SINGLE_PAGE.logOut("POST");
        return new ExerciseApp(running.panel().logout(logout, ""), logout, logout, null);
    }

    /** The same app with another logout. */
    ExerciseApp with(Call other) {
        return new ExerciseApp(stage, other, other, null);
    }

    @Override
    public String name() {
        return stage.name();
    }

    @Override
    public String effect() {
        return stage.effect();
    }

    @Override
    public URI address() {
        return stage.address();
    }

    @Override
    public String cookieName() {
        return stage.cookieName();
    }

    @Override
    public PageProtocol protocol() {
        return logout.path().startsWith("/api/") ? PageProtocol.SINGLE_PAGE : PageProtocol.CLASSIC;
    }

    @Override
    public String user() {
        return stage.user();
    }

    @Override
    public String password() {
        return stage.password();
    }

    @Override
    public String agent() {
        return stage.agent();
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
        return stage.session(cookie);
    }

    @Override
    public boolean deletionWasOverwritten(String cookie) {
        return stage.deletionWasOverwritten(cookie);
    }

    /** The rows of the session store. */
    List<StoredSession> stored() throws IOException {
        return new RowReader(stage.store()).newest(Integer.MAX_VALUE);
    }

    HttpUser newUser() {
        return newUser(agent());
    }

    /** Somebody with a browser of their own, who is logged in and keeps a note; both are proved. */
    HttpUser loggedIn(DemoAccount account) throws IOException {
        HttpUser user = newUser();
        visit(user);
        logIn(user, account);
        user.send(protocol().keepNote("buy milk"));
        LeftBehind.when(!readsNote(user), "Logged in, %s cannot keep a note.", account.name());
        return user;
    }

    /** Logs an account in, with whatever cookies the user has, and proves it. */
    void logIn(HttpUser user, DemoAccount account) throws IOException {
        send(user, protocol().logIn(account.name(), account.password()));
        boolean known = false;
        // A cache that drops a session at the end of the login can miss it in a request of that very moment. The next
        // finds it.
        for (int looks = 0; looks < 3 && !known; looks++) {
            known = isLoggedInAs(user, account);
        }
        LeftBehind.when(!known, "After the login of %s, GET /api/me does not say so.", account.name());
    }

    boolean isLoggedInAs(HttpUser user, DemoAccount account) throws IOException {
        return isLoggedIn(user) && user.copy().send(protocol().whoAmI()).body().contains('"' + account.name() + '"');
    }

    /** Sends a request, insists that it did what it should, whatever its reply says beyond that, and returns the body. */
    String send(HttpUser user, Call call) throws IOException {
        HttpResponse<String> reply = user.send(call);
        int status = reply.statusCode();
        LeftBehind.when(status == 500, "%s answers 500: the route throws an exception. The terminal shows it.", call);
        LeftBehind.when(status == 404 || status == 405, "There is no route for %s any more.", call);
        LeftBehind.when(status >= 400, "%s answers %d.", call, status);
        return reply.body();
    }
}
