package logout.exercises.check;

import static logout.exercises.check.ExerciseApp.ADA;
import static logout.exercises.check.ExerciseApp.GRACE;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import logout.experiment.Call;
import logout.experiment.HttpUser;
import logout.experiment.Probes;
import logout.experiment.RequestInFlight;
import logout.experiment.StoredSession;

/** What the nine apps that are to be repaired have to do. Where the experiment has a probe for it, that one is run. */
final class Checks {

    private Checks() {}

    /** A copy of the old cookie reads nothing: not what was kept, and not what is still being saved. */
    static void theNoteStays(ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        Residue.insistOnNothing(app);
        HttpUser grace = app.loggedIn(GRACE);
        HttpUser ada = app.loggedIn(ADA);
        HttpUser thief = ada.copy();
        try (RequestInFlight save = new Probes(app).beginSave(ada, "saved too late")) {
            app.send(ada, app.logout());
            LeftBehind.when(!app.readsNote(grace), "Ada logs out, and Grace cannot read her own note any more.");
            save.finish();
        }
        LeftBehind.when(
                app.readsNote(thief),
                "A save of Ada's was under way during her logout, and a copy of the old cookie reads what it saved.");
    }

    /** A link changes nothing, wherever it is. */
    static void aLinkLogsOut(ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        Call link = Call.page("/login");
        Residue.insistOnNothing(new ExerciseApp(app.running(), app.logout(), link, null));
        HttpUser ada = app.loggedIn(ADA);
        String session = ada.cookie(app.cookieName());
        app.send(ada, link);
        LeftBehind.when(
                app.session(session) == null,
                "A link that does not say where it comes from, as in an e-mail, ends Ada's session.");
        ada.send(new Call("GET", link.path(), null, "", Map.of("Sec-Fetch-Site", "same-origin")));
        LeftBehind.when(
                app.session(session) == null,
                "A link of the app's own ends Ada's session: so does a browser that loads pages before she clicks.");
        app.send(app.newUser(app.agent()), link);
    }

    /** Each cookie of the app goes. */
    static void theCookieWillNotGo(ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        Call book = Call.page("/api/book");
        app = new ExerciseApp(app.running(), app.logout(), app.forged(), book);
        HttpUser reader = app.newUser(app.agent());
        app.send(reader, book);
        LeftBehind.when(
                reader.jar().held().isEmpty(), "GET /api/book sets no cookie any more: the reader loses the page.");
        Residue.insistOnNothing(app);
        HttpUser ada = app.loggedIn(ADA);
        app.send(ada, app.logout());
        LeftBehind.whenAny(held(ada, "After the logout the browser still holds the cookie %s (%s)."));
    }

    private static List<String> held(HttpUser user, String sentence) {
        return user.jar().held().stream()
                .map(cookie -> sentence.formatted(
                        cookie.name(), "Path=" + cookie.path() + (cookie.value().isEmpty() ? ", empty" : "")))
                .toList();
    }

    /** With a dead cookie nobody writes into the diary, and nobody reads it. */
    static void theGuardThatWavesThrough(ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        HttpUser ada = app.loggedIn(ADA);
        app.send(ada, "POST", "/api/diary");
        LeftBehind.when(entries(app, ada) != 1, "Ada writes into her diary, and the entry is not there.");
        HttpUser thief = ada.copy();
        app.send(ada, app.logout());
        LeftBehind.when(app.isLoggedIn(thief), "After the logout, a copy of the old cookie is still logged in.");

        int written = thief.send(Call.of("POST", "/api/diary")).statusCode();
        HttpResponse<String> read = thief.send(Call.page("/api/diary"));
        app.logIn(ada, ADA, 1);
        String told = "After the logout, a copy of the old cookie was told %d, and %s the diary all the same.";
        LeftBehind.when(entries(app, ada) != 1, told, written, "wrote into");
        LeftBehind.when(read.body().contains("diary"), told, read.statusCode(), "got");
        LeftBehind.when(
                written < 300 || read.statusCode() < 300,
                "After the logout, a copy of the old cookie is told that all is well.");
    }

    private static long entries(ExerciseApp app, HttpUser user) throws IOException {
        return app.send(user, "GET", "/api/diary").lines().count();
    }

    /** Nothing that the browser asks for after the logout brings a cookie or a row. */
    static void theCookieComesBack(ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        HttpUser ada = app.loggedIn(ADA);
        String before = app.send(ada, "GET", "/api/visits");
        String after = app.send(ada, "GET", "/api/visits");
        LeftBehind.when(
                !before.matches("\\d+ in this session") || before.equals(after),
                "GET /api/visits says \"%s\", and the next time \"%s\": Ada's visits are not counted.",
                before,
                after);
        app.send(ada, app.logout());
        insistOnNoSession(app, ada, "After the logout");
        insistOnNoSession(app, app.newUser(app.agent()), "To somebody who was never here");
        Residue.insistOnNothing(app);
    }

    private static void insistOnNoSession(ExerciseApp app, HttpUser user, String who) throws IOException {
        for (String path : List.of("/api/note", "/api/visits")) {
            int rows = app.stored().size();
            int status = user.send(Call.page(path)).statusCode();
            LeftBehind.when(status >= 500, "%s, GET %s answers %d.", who, path, status);
            boolean sets = user.cookie(app.cookieName()) != null;
            LeftBehind.when(
                    sets || app.stored().size() > rows,
                    "%s, GET %s %s a new row into the session store.",
                    who,
                    path,
                    sets ? "sets a new cookie and puts" : "puts");
        }
    }

    /** A logout on one server is one on the other, even while that one is busy with the session. */
    static void twoServers(ExerciseServers servers) throws IOException {
        ExerciseApp first = servers.start();
        ExerciseApp second = servers.start();
        HttpUser ada = loggedInAt(first);
        HttpUser copy = copyAt(second, ada);
        LeftBehind.when(!second.isLoggedIn(copy), "Ada logs in on one server, and the other does not know her.");
        first.send(ada, first.logout());
        LeftBehind.when(
                second.isLoggedIn(copy),
                "Ada logs out on one server, and on the other the old cookie is still logged in.");

        ada = loggedInAt(first);
        copy = copyAt(second, ada);
        Probes probes = new Probes(second);
        try (RequestInFlight save = probes.beginSave(copy, "saved too late")) {
            first.send(ada, first.logout());
            LeftBehind.when(
                    second.isLoggedIn(copy),
                    "Ada logs out on one server while the other saves her note. As long as that save takes, the old cookie"
                            + " is still logged in on the other.");
            LeftBehind.when(
                    probes.endSave(save, copy).isLeftBehind(),
                    "Ada logs out on one server while the other saves her note, and the save brings her back.");
        }
    }

    private static HttpUser loggedInAt(ExerciseApp server) throws IOException {
        HttpUser ada = server.newUser(server.agent());
        // A cache that drops a session at the end of the login can miss it in a request of that very moment. The next
        // finds it.
        server.logIn(ada, ADA, 3);
        return ada;
    }

    /** Cookies ignore ports. */
    private static HttpUser copyAt(ExerciseApp server, HttpUser user) {
        return new HttpUser(server.address(), server.agent(), user.jar().copy());
    }

    /** A logout forgets what would log the browser in again, in the browser and on the server, for this user alone. */
    static void remembered(ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        HttpUser grace = app.loggedIn(GRACE);
        insistOnRemembering(app, grace);
        Residue.insistOnNothing(app);
        HttpUser ada = app.loggedIn(ADA);
        app.send(ada, app.logout());
        LeftBehind.whenAny(held(ada, "The cookie %s (%s) logs nobody in any more, and the browser still holds it."));
        insistOnRemembering(app, grace);
    }

    private static void insistOnRemembering(ExerciseApp app, HttpUser grace) throws IOException {
        HttpUser tomorrow = grace.copy();
        tomorrow.jar().drop(app.cookieName());
        LeftBehind.when(
                !app.isLoggedInAs(tomorrow, GRACE),
                "Grace did not log out. The next day she comes back without a session, and is not remembered.");
    }

    /** On a browser that others use too, an id from before the login is worth nothing after it; a choice lives on. */
    static void theNextUser(ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        HttpUser shared = app.loggedIn(GRACE);
        app.send(shared, app.logout());
        LeftBehind.when(app.isLoggedIn(shared), "Grace is still logged in after her logout.");
        insistThatAdaIsAlone(app, shared, "Grace logs out, and keeps a copy of the cookie that she is left with.");
        insistThatAdaIsAlone(app, app.loggedIn(GRACE), "Grace forgets to log out, and has a copy of her cookie.");

        HttpUser visitor = app.newUser(app.agent());
        app.send(visitor, "POST", "/api/french");
        app.logIn(visitor, ADA, 1);
        String language = app.send(visitor, "GET", "/api/language");
        LeftBehind.when(
                !language.equals("French"), "Ada chooses French, logs in, and the app speaks %s to her.", language);
    }

    private static void insistThatAdaIsAlone(ExerciseApp app, HttpUser shared, String story) throws IOException {
        HttpUser copy = shared.copy();
        app.logIn(shared, ADA, 1);
        String then = story + " Ada logs in on the same browser, and ";
        LeftBehind.when(app.isLoggedInAs(copy, ADA), then + "Grace's copy is logged in as ada.");
        LeftBehind.when(app.readsNote(shared), then + "reads Grace's note.");
        LeftBehind.when(app.isLoggedIn(copy), then + "Grace's session lives on.");
        LeftBehind.when(app.readsNote(copy), then + "Grace's copy still reads a note.");
    }

    /** All of Ada's sessions end, and nobody else's. */
    static void everyDevice(ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        Call everywhere = Call.of("POST", "/api/logout-everywhere");
        HttpUser grace = app.loggedIn(GRACE);
        HttpUser phone = app.loggedIn(ADA);
        HttpUser tablet = app.loggedIn(ADA);
        HttpUser laptop = app.loggedIn(ADA);
        app.send(app.newUser(app.agent()), everywhere);
        LeftBehind.when(app.stored().size() != 4, "Somebody who is not logged in has logged others out.");

        HttpUser thief = laptop.copy();
        app.send(laptop, everywhere);
        String clicks = "Ada logs out everywhere on her laptop, and ";
        LeftBehind.when(app.isLoggedIn(thief), clicks + "a copy of its cookie is still logged in.");
        for (HttpUser other : List.of(phone, tablet)) {
            LeftBehind.when(app.isLoggedIn(other), clicks + "is still logged in on her phone.");
            LeftBehind.when(app.readsNote(other), clicks + "her phone, logged out, still reads her note.");
        }
        LeftBehind.when(!app.isLoggedInAs(grace, GRACE), clicks + "Grace is logged out too.");
        List<String> ids = app.stored().stream().map(StoredSession::id).toList();
        String graces = app.session(grace.cookie(app.cookieName())).id();
        LeftBehind.when(
                !ids.equals(List.of(graces)),
                clicks + "%d rows are in the session store beside Grace's.",
                ids.size() - 1);
        LeftBehind.when(laptop.cookie(app.cookieName()) != null, clicks + "the laptop still holds a session cookie.");
    }
}
