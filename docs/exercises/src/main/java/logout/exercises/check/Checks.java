package logout.exercises.check;

import static logout.exercises.check.LeftBehind.when;
import static logout.exercises.check.LeftBehind.whenAny;
import static logout.exercises.check.Visitors.ADA;
import static logout.exercises.check.Visitors.GRACE;
import static logout.exercises.check.Visitors.isLoggedInAs;
import static logout.exercises.check.Visitors.logIn;
import static logout.exercises.check.Visitors.loggedIn;
import static logout.exercises.check.Visitors.newUser;
import static logout.exercises.check.Visitors.send;
import static logout.exercises.check.Visitors.stored;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import logout.experiment.Probes;
import logout.experiment.RequestInFlight;
import logout.experiment.ResidueColumn;
import logout.experiment.StoredSession;
import logout.panel.StageLogout;

/** What the nine apps that are to be repaired have to do. Where the experiment has a probe for it, that one is run. */
final class Checks {

    private Checks() {}

    /** A copy of the old cookie reads nothing: not what was kept, and not what is still being saved. */
    static void theNoteStays(Supplier<StageLogout> servers) throws IOException {
        StageLogout app = servers.get();
        Residue.insistOnNothing(app);
        HttpUser grace = loggedIn(app, GRACE);
        HttpUser ada = loggedIn(app, ADA);
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
    static void aLinkLogsOut(Supplier<StageLogout> servers) throws IOException {
        StageLogout app = servers.get();
        Call link = Call.page("/login");
        Residue.insistOnNothing(app);
        Observation found = new Probes(app).forge(loggedIn(app, ADA), loggedIn(app, ADA), link);
        String weakness = ResidueColumn.FOREIGN_LINK.title();
        when(found.isLeftBehind(), "%s: %s — it should be: no", weakness, found.inWords());
        HttpUser ada = loggedIn(app, ADA);
        String session = ada.cookie(app.cookieName());
        send(ada, link);
        when(
                app.session(session) == null,
                "A link that does not say where it comes from, as in an e-mail, ends Ada's session.");
        ada.send(new Call("GET", link.path(), null, "", Map.of("Sec-Fetch-Site", "same-origin")));
        when(
                app.session(session) == null,
                "A link of the app's own ends Ada's session: so does a browser that loads pages before she clicks.");
        HttpUser nobody = newUser(app);
        send(nobody, link);
        when(nobody.cookie(app.cookieName()) != null, "A link begins a session for somebody who is not logged in.");
    }

    /** Each cookie of the app goes. */
    static void theCookieWillNotGo(Supplier<StageLogout> servers) throws IOException {
        StageLogout app = servers.get();
        Call book = Call.page("/api/book");
        HttpUser reader = newUser(app);
        send(reader, book);
        when(reader.jar().held().isEmpty(), "GET /api/book sets no cookie any more: the reader loses the page.");
        Residue.insistOnNothing(app);
        HttpUser ada = loggedIn(app, ADA);
        send(ada, book);
        CookieJar before = ada.jar().copy();
        HttpResponse<String> reply = ada.send(app.logout());
        whenAny(before.keep(reply.uri(), reply.headers().allValues("Set-Cookie")).stream()
                .map(miss -> "The deletion of a cookie misses: " + miss.name() + ": " + miss.reason() + ".")
                .toList());
        whenAny(held(ada, "After the logout the browser still holds the cookie %s (%s)."));
    }

    private static List<String> held(HttpUser user, String sentence) {
        return user.jar().held().stream()
                .map(cookie -> sentence.formatted(
                        cookie.name(), "Path=" + cookie.path() + (cookie.value().isEmpty() ? ", empty" : "")))
                .toList();
    }

    /** With a dead cookie nobody writes into the diary, and nobody reads it. */
    static void theGuardThatWavesThrough(Supplier<StageLogout> servers) throws IOException {
        StageLogout app = servers.get();
        HttpUser ada = loggedIn(app, ADA);
        send(ada, Call.of("POST", "/api/diary"));
        when(entries(app, ada) != 1, "Ada writes into her diary, and the entry is not there.");
        HttpUser thief = ada.copy();
        send(ada, app.logout());
        when(app.isLoggedIn(thief), "After the logout, a copy of the old cookie is still logged in.");

        int written = thief.send(Call.of("POST", "/api/diary")).statusCode();
        HttpResponse<String> read = thief.send(Call.page("/api/diary"));
        logIn(app, ada, ADA);
        String told = "After the logout, a copy of the old cookie was told %d, and %s the diary all the same.";
        when(entries(app, ada) != 1, told, written, "wrote into");
        when(read.body().contains("diary"), told, read.statusCode(), "got");
        when(
                written < 300 || read.statusCode() < 300,
                "After the logout, a copy of the old cookie is told that all is well.");
    }

    private static long entries(StageLogout app, HttpUser user) throws IOException {
        return send(user, Call.of("GET", "/api/diary")).lines().count();
    }

    /** Nothing that the browser asks for after the logout brings a cookie or a row. */
    static void theCookieComesBack(Supplier<StageLogout> servers) throws IOException {
        StageLogout app = servers.get();
        HttpUser ada = loggedIn(app, ADA);
        String before = send(ada, Call.of("GET", "/api/visits"));
        String after = send(ada, Call.of("GET", "/api/visits"));
        when(
                !before.matches("\\d+ in this session") || before.equals(after),
                "GET /api/visits says \"%s\", and the next time \"%s\": Ada's visits are not counted.",
                before,
                after);
        send(ada, app.logout());
        insistOnNoSession(app, ada, "After the logout");
        insistOnNoSession(app, newUser(app), "To somebody who was never here");
        Residue.insistOnNothing(app);
    }

    private static void insistOnNoSession(StageLogout app, HttpUser user, String who) throws IOException {
        for (String path : List.of("/api/note", "/api/visits")) {
            int rows = stored(app).size();
            int status = user.send(Call.page(path)).statusCode();
            when(status >= 500, "%s, GET %s answers %d.", who, path, status);
            boolean sets = user.cookie(app.cookieName()) != null;
            when(
                    sets || stored(app).size() > rows,
                    "%s, GET %s %s a new row into the session store.",
                    who,
                    path,
                    sets ? "sets a new cookie and puts" : "puts");
        }
    }

    /** A logout on one server is one on the other, even while that one is busy with the session. */
    static void twoServers(Supplier<StageLogout> servers) throws IOException {
        StageLogout first = servers.get();
        StageLogout second = servers.get();
        HttpUser ada = newUser(first);
        logIn(first, ada, ADA);
        HttpUser copy = copyAt(second, ada);
        when(!second.isLoggedIn(copy), "Ada logs in on one server, and the other does not know her.");
        send(ada, first.logout());
        when(
                second.isLoggedIn(copy),
                "Ada logs out on one server, and on the other the old cookie is still logged in.");

        ada = newUser(first);
        logIn(first, ada, ADA);
        copy = copyAt(second, ada);
        Probes probes = new Probes(second);
        try (RequestInFlight save = probes.beginSave(copy, "saved too late")) {
            send(ada, first.logout());
            when(
                    second.isLoggedIn(copy),
                    "Ada logs out on one server while the other saves her note. As long as that save takes, the old cookie"
                            + " is still logged in on the other.");
            when(
                    probes.endSave(save, copy).isLeftBehind(),
                    "Ada logs out on one server while the other saves her note, and the save brings her back.");
        }
    }

    /** Cookies ignore ports. */
    private static HttpUser copyAt(StageLogout server, HttpUser user) {
        return new HttpUser(server.address(), server.agent(), user.jar().copy());
    }

    /** A logout forgets what would log the browser in again, in the browser and on the server, for this user alone. */
    static void remembered(Supplier<StageLogout> servers) throws IOException {
        StageLogout app = servers.get();
        HttpUser grace = loggedIn(app, GRACE);
        insistOnRemembering(app, grace);
        Residue.insistOnNothing(app);
        HttpUser ada = loggedIn(app, ADA);
        send(ada, app.logout());
        whenAny(held(ada, "The cookie %s (%s) logs nobody in any more, and the browser still holds it."));
        insistOnRemembering(app, grace);
    }

    private static void insistOnRemembering(StageLogout app, HttpUser grace) throws IOException {
        HttpUser tomorrow = grace.copy();
        tomorrow.jar().drop(app.cookieName());
        when(
                !isLoggedInAs(app, tomorrow, GRACE),
                "Grace did not log out. The next day she comes back without a session, and is not remembered.");
    }

    /** On a browser that others use too, an id from before the login is worth nothing after it; a choice lives on. */
    static void theNextUser(Supplier<StageLogout> servers) throws IOException {
        StageLogout app = servers.get();
        HttpUser shared = loggedIn(app, GRACE);
        send(shared, app.logout());
        when(app.isLoggedIn(shared), "Grace is still logged in after her logout.");
        insistThatAdaIsAlone(app, shared, "Grace logs out, and keeps a copy of the cookie that she is left with.");
        insistThatAdaIsAlone(app, loggedIn(app, GRACE), "Grace forgets to log out, and has a copy of her cookie.");

        HttpUser visitor = newUser(app);
        send(visitor, Call.of("POST", "/api/french"));
        logIn(app, visitor, ADA);
        String language = send(visitor, Call.of("GET", "/api/language"));
        when(!language.equals("French"), "Ada chooses French, logs in, and the app speaks %s to her.", language);
    }

    private static void insistThatAdaIsAlone(StageLogout app, HttpUser shared, String story) throws IOException {
        HttpUser copy = shared.copy();
        logIn(app, shared, ADA);
        String then = story + " Ada logs in on the same browser, and ";
        when(isLoggedInAs(app, copy, ADA), then + "Grace's copy is logged in as ada.");
        when(app.readsNote(shared), then + "reads Grace's note.");
        when(app.isLoggedIn(copy), then + "Grace's session lives on.");
        when(app.readsNote(copy), then + "Grace's copy still reads a note.");
    }

    /** All of Ada's sessions end, and nobody else's. */
    static void everyDevice(Supplier<StageLogout> servers) throws IOException {
        StageLogout app = servers.get();
        Call everywhere = Call.of("POST", "/api/logout-everywhere");
        HttpUser grace = loggedIn(app, GRACE);
        HttpUser phone = loggedIn(app, ADA);
        HttpUser tablet = loggedIn(app, ADA);
        HttpUser laptop = loggedIn(app, ADA);
        send(newUser(app), everywhere);
        when(stored(app).size() != 4, "Somebody who is not logged in has logged others out.");

        HttpUser thief = laptop.copy();
        send(laptop, everywhere);
        String clicks = "Ada logs out everywhere on her laptop, and ";
        when(app.isLoggedIn(thief), clicks + "a copy of its cookie is still logged in.");
        for (HttpUser other : List.of(phone, tablet)) {
            when(app.isLoggedIn(other), clicks + "is still logged in on her phone.");
            when(app.readsNote(other), clicks + "her phone, logged out, still reads her note.");
        }
        when(!isLoggedInAs(app, grace, GRACE), clicks + "Grace is logged out too.");
        List<String> ids = stored(app).stream().map(StoredSession::id).toList();
        String graces = app.session(grace.cookie(app.cookieName())).id();
        when(!ids.equals(List.of(graces)), clicks + "%d rows are in the session store beside Grace's.", ids.size() - 1);
        when(laptop.cookie(app.cookieName()) != null, clicks + "the laptop still holds a session cookie.");
    }
}
