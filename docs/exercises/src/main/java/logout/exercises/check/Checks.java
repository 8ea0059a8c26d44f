package logout.exercises.check;

import static logout.exercises.check.LeftBehind.when;
import static logout.exercises.check.LeftBehind.whenAny;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import logout.experiment.Probes;
import logout.experiment.RequestInFlight;
import logout.experiment.ResidueColumn;
import logout.experiment.StoredSession;
import logout.panel.RowReader;
import logout.panel.StageLogout;

/**
 * What the nine apps that are to be repaired have to do. Where the experiment has a probe for it, that one is run.
 *
 * @param app the learner's, on a server
 * @param another starts one more server with the same session store
 */
record Checks(StageLogout app, Supplier<StageLogout> another) {

    private static final DemoAccount ADA = DemoAccount.ALL.get(0);
    private static final DemoAccount GRACE = DemoAccount.ALL.get(1);

    /** A copy of the old cookie reads nothing: not what was kept, and not what is still being saved. */
    void theNoteStays() throws IOException {
        Residue.insistOnNothing(app);
        HttpUser grace = loggedIn(GRACE);
        HttpUser ada = loggedIn(ADA);
        HttpUser thief = ada.copy();
        try (RequestInFlight save = new Probes(app).beginSave(ada, "saved too late")) {
            send(ada, app.logout());
            when(!app.readsNote(grace), "Ada logs out, and Grace cannot read her own note any more.");
            save.finish();
        }
        when(
                app.readsNote(thief),
                "A save of Ada's was under way during her logout, and a copy of the old cookie reads what it saved.");
    }

    /** A link changes nothing, wherever it is. */
    void aLinkLogsOut() throws IOException {
        Call link = Call.page("/login");
        Residue.insistOnNothing(app);
        HttpUser tried = loggedIn(ADA);
        Observation found = new Probes(app).forge(tried, tried.copy(), link);
        String weakness = ResidueColumn.FOREIGN_LINK.title();
        when(found.isLeftBehind(), "%s: %s — it should be: no", weakness, found.inWords());
        HttpUser ada = loggedIn(ADA);
        String session = ada.cookie(app.cookieName());
        send(ada, link);
        when(
                app.session(session) == null,
                "A link that does not say where it comes from, as in an e-mail, ends Ada's session.");
        ada.send(new Call("GET", link.path(), null, "", Map.of("Sec-Fetch-Site", "same-origin")));
        when(
                app.session(session) == null,
                "A link of the app's own ends Ada's session: so does a browser that loads pages before she clicks.");
        HttpUser nobody = newUser();
        send(nobody, link);
        when(nobody.cookie(app.cookieName()) != null, "A link begins a session for somebody who is not logged in.");
    }

    /** Each cookie of the app goes. */
    void theCookieWillNotGo() throws IOException {
        Call book = Call.page("/api/book");
        HttpUser reader = newUser();
        send(reader, book);
        when(reader.jar().held().isEmpty(), "GET /api/book sets no cookie any more: the reader loses the page.");
        Residue.insistOnNothing(app);
        HttpUser ada = loggedIn(ADA);
        send(ada, book);
        CookieJar before = ada.jar().copy();
        HttpResponse<String> reply = ada.send(app.logout());
        whenAny(before.keep(reply.uri(), reply.headers().allValues("Set-Cookie")).stream()
                .map(miss -> "The deletion of a cookie misses: " + miss.name() + ": " + miss.reason() + ".")
                .toList());
        insistOnNoCookie(ada);
    }

    private static void insistOnNoCookie(HttpUser user) {
        String sentence = "After the logout the browser still holds the cookie %s (Path=%s%s).";
        whenAny(user.jar().held().stream()
                .map(cookie -> sentence.formatted(
                        cookie.name(), cookie.path(), cookie.value().isEmpty() ? ", empty" : ""))
                .toList());
    }

    /** With a dead cookie nobody writes into the diary, and nobody reads it. */
    void theGuardThatWavesThrough() throws IOException {
        HttpUser ada = loggedIn(ADA);
        send(ada, Call.of("POST", "/api/diary"));
        when(entries(ada) != 1, "Ada writes into her diary, and the entry is not there.");
        HttpUser thief = ada.copy();
        send(ada, app.logout());
        when(app.isLoggedIn(thief), "After the logout, a copy of the old cookie is still logged in.");

        int written = thief.send(Call.of("POST", "/api/diary")).statusCode();
        HttpResponse<String> read = thief.send(Call.page("/api/diary"));
        logIn(ada, ADA);
        String told = "After the logout, a copy of the old cookie was told %d, and %s the diary all the same.";
        when(entries(ada) != 1, told, written, "wrote into");
        when(read.body().contains("diary"), told, read.statusCode(), "got");
        when(
                written < 300 || read.statusCode() < 300,
                "After the logout, a copy of the old cookie is told that all is well.");
    }

    private long entries(HttpUser user) throws IOException {
        return send(user, Call.of("GET", "/api/diary")).lines().count();
    }

    /** Nothing that the browser asks for after the logout brings a cookie or a row. */
    void theCookieComesBack() throws IOException {
        HttpUser ada = loggedIn(ADA);
        String before = send(ada, Call.of("GET", "/api/visits"));
        String after = send(ada, Call.of("GET", "/api/visits"));
        when(
                !before.matches("\\d+ in this session") || before.equals(after),
                "GET /api/visits says \"%s\", and the next time \"%s\": Ada's visits are not counted.",
                before,
                after);
        send(ada, app.logout());
        insistOnNoSession(ada, "After the logout");
        insistOnNoSession(newUser(), "To somebody who was never here");
        Residue.insistOnNothing(app);
    }

    private void insistOnNoSession(HttpUser user, String who) throws IOException {
        for (String path : List.of("/api/note", "/api/visits")) {
            int rows = stored().size();
            int status = user.send(Call.page(path)).statusCode();
            when(status >= 500, "%s, GET %s answers %d.", who, path, status);
            boolean holds = user.cookie(app.cookieName()) != null;
            String brings = holds ? "sets a new cookie and puts" : "puts";
            when(stored().size() > rows, "%s, GET %s %s a new row into the session store.", who, path, brings);
            when(holds, "%s, GET %s leaves a session cookie in the browser.", who, path);
        }
    }

    /** A logout on one server is one on the other, even while that one is busy with the session. */
    void twoServers() throws IOException {
        StageLogout second = another.get();
        HttpUser ada = newUser();
        logIn(ada, ADA);
        HttpUser copy = copyAt(second, ada);
        when(!second.isLoggedIn(copy), "Ada logs in on one server, and the other does not know her.");
        send(ada, app.logout());
        when(
                second.isLoggedIn(copy),
                "Ada logs out on one server, and on the other the old cookie is still logged in.");

        ada = newUser();
        logIn(ada, ADA);
        copy = copyAt(second, ada);
        try (RequestInFlight save = new Probes(second).beginSave(copy, "saved too late")) {
            send(ada, app.logout());
            when(
                    second.isLoggedIn(copy),
                    "Ada logs out on one server while the other saves her note. As long as that save takes, the old cookie"
                            + " is still logged in on the other.");
            save.finish();
        }
    }

    /** Cookies ignore ports. */
    private static HttpUser copyAt(StageLogout server, HttpUser user) {
        return new HttpUser(server.address(), server.agent(), user.jar().copy());
    }

    /** A logout forgets what would log the browser in again, in the browser and on the server, for this user alone. */
    void remembered() throws IOException {
        HttpUser grace = loggedIn(GRACE);
        Residue.insistOnNothing(app);
        HttpUser ada = loggedIn(ADA);
        send(ada, app.logout());
        insistOnNoCookie(ada);
        HttpUser tomorrow = grace.copy();
        tomorrow.jar().drop(app.cookieName());
        when(
                !isLoggedInAs(tomorrow, GRACE),
                "Grace did not log out. The next day she comes back without a session, and is not remembered.");
    }

    /** On a browser that others use too, an id from before the login is worth nothing after it; a choice lives on. */
    void theNextUser() throws IOException {
        HttpUser shared = loggedIn(GRACE);
        send(shared, app.logout());
        when(app.isLoggedIn(shared), "Grace is still logged in after her logout.");
        insistThatAdaIsAlone(shared, "Grace logs out, and keeps a copy of the cookie that she is left with.");
        insistThatAdaIsAlone(loggedIn(GRACE), "Grace forgets to log out, and has a copy of her cookie.");

        HttpUser visitor = newUser();
        send(visitor, Call.of("POST", "/api/french"));
        logIn(visitor, ADA);
        String language = send(visitor, Call.of("GET", "/api/language"));
        when(!language.equals("French"), "Ada chooses French, logs in, and the app speaks %s to her.", language);
    }

    private void insistThatAdaIsAlone(HttpUser shared, String story) throws IOException {
        HttpUser copy = shared.copy();
        logIn(shared, ADA);
        String then = story + " Ada logs in on the same browser, and ";
        when(isLoggedInAs(copy, ADA), then + "Grace's copy is logged in as ada.");
        when(app.readsNote(shared), then + "reads Grace's note.");
    }

    /** All of Ada's sessions end, and nobody else's. */
    void everyDevice() throws IOException {
        Call everywhere = Call.of("POST", "/api/logout-everywhere");
        HttpUser grace = loggedIn(GRACE);
        HttpUser phone = loggedIn(ADA);
        loggedIn(ADA); // on a tablet
        HttpUser laptop = loggedIn(ADA);
        send(newUser(), everywhere);
        when(stored().size() != 4, "Somebody who is not logged in has logged others out.");

        HttpUser thief = laptop.copy();
        send(laptop, everywhere);
        String clicks = "Ada logs out everywhere on her laptop, and ";
        when(app.isLoggedIn(thief), clicks + "a copy of its cookie is still logged in.");
        when(app.isLoggedIn(phone), clicks + "is still logged in on her phone.");
        when(app.readsNote(phone), clicks + "her phone, logged out, still reads her note.");
        when(!isLoggedInAs(grace, GRACE), clicks + "Grace is logged out too.");
        List<String> ids = stored().stream().map(StoredSession::id).toList();
        String graces = grace.cookie(app.cookieName());
        when(!ids.equals(List.of(graces)), clicks + "%d rows are in the session store beside Grace's.", ids.size() - 1);
        when(laptop.cookie(app.cookieName()) != null, clicks + "the laptop still holds a session cookie.");
    }

    private HttpUser newUser() {
        return app.newUser(app.agent());
    }

    /** Somebody with a browser of their own, who is logged in and keeps a note; both are proved. */
    private HttpUser loggedIn(DemoAccount account) throws IOException {
        HttpUser user = newUser();
        logIn(user, account);
        user.send(app.keepNote(user, "buy milk"));
        when(!app.readsNote(user), "Logged in, %s cannot keep a note.", account.name());
        return user;
    }

    /** Logs an account in, with whatever cookies the user has, and proves it. */
    private void logIn(HttpUser user, DemoAccount account) throws IOException {
        send(user, app.protocol().logIn(account.name(), account.password()));
        boolean known = false;
        // A cache that drops a session at the end of the login can miss it in a request of that very moment. The next
        // finds it.
        for (int looks = 0; looks < 3 && !known; looks++) {
            known = isLoggedInAs(user, account);
        }
        when(!known, "After the login of %s, GET /api/me does not say so.", account.name());
    }

    private boolean isLoggedInAs(HttpUser user, DemoAccount account) throws IOException {
        return user.copy().send(app.personal(user)).body().contains('"' + account.name() + '"');
    }

    /** Sends a request, insists that it did what it should, whatever its reply says beyond that, and returns the body. */
    private static String send(HttpUser user, Call call) throws IOException {
        HttpResponse<String> reply = user.send(call);
        int status = reply.statusCode();
        when(status == 500, "%s answers 500: the route throws an exception. The terminal shows it.", call);
        when(status == 404 || status == 405, "There is no route for %s any more.", call);
        when(status >= 400, "%s answers %d.", call, status);
        return reply.body();
    }

    /** The rows of the session store. */
    private List<StoredSession> stored() throws IOException {
        return new RowReader(app.store()).newest(Integer.MAX_VALUE);
    }
}
