package logout.exercises.check;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Database;
import logout.app.session.SessionStore;
import logout.exercises.ALinkLogsOut;
import logout.exercises.ClearTheCookie;
import logout.exercises.DestroyTheSession;
import logout.exercises.EveryDevice;
import logout.exercises.ForASinglePage;
import logout.exercises.RedirectOnly;
import logout.exercises.Remembered;
import logout.exercises.TheCookieComesBack;
import logout.exercises.TheCookieWillNotGo;
import logout.exercises.TheGuardThatWavesThrough;
import logout.exercises.TheNextUser;
import logout.exercises.TheNoteStays;
import logout.exercises.TwoServers;
import logout.experiment.PageProtocol;
import logout.launcher.StageWithPanel;
import logout.panel.StageLogout;
import logout.testing.QuickAccounts;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;
import spark.Service;
import spark.Session;

/** The exercises: the four stages to build, then nine apps to repair, from easy to hard. */
public enum Exercise {
    REDIRECT_ONLY(RedirectOnly.class, checks -> Residue.insistOnStage(1, checks.app())),
    FOR_A_SINGLE_PAGE(ForASinglePage.class, checks -> Residue.insistOnStage(2, checks.app())),
    CLEAR_THE_COOKIE(ClearTheCookie.class, checks -> Residue.insistOnStage(3, checks.app())),
    DESTROY_THE_SESSION(DestroyTheSession.class, checks -> Residue.insistOnStage(4, checks.app())),
    THE_NOTE_STAYS(TheNoteStays.class, Checks::theNoteStays),
    A_LINK_LOGS_OUT(ALinkLogsOut.class, Checks::aLinkLogsOut),
    THE_COOKIE_WILL_NOT_GO(TheCookieWillNotGo.class, Checks::theCookieWillNotGo),
    THE_GUARD_THAT_WAVES_THROUGH(TheGuardThatWavesThrough.class, Checks::theGuardThatWavesThrough),
    THE_COOKIE_COMES_BACK(TheCookieComesBack.class, Checks::theCookieComesBack),
    TWO_SERVERS(TwoServers.class, Checks::twoServers),
    REMEMBERED(Remembered.class, Checks::remembered),
    THE_NEXT_USER(TheNextUser.class, Checks::theNextUser),
    EVERY_DEVICE(EveryDevice.class, Checks::everyDevice);

    /** Next to the numbers of the stages: a cookie name, a table, a folder of templates and a port of its own. */
    static final int STAGE_NUMBER = Stage.COUNT + 1;

    static final Path ROOT = Path.of(URI.create(Exercise.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()))
            .resolve("../../../..")
            .normalize();
    static final Path MODULE = ROOT.resolve("docs/exercises");

    private static final Pattern TAGGED = Pattern.compile("(?s)// tag::\\w+\\[]\\R(.*?)[ ]*// end::");

    private final Class<?> given;
    private final Check check;

    Exercise(Class<?> given, Check check) {
        this.given = given;
        this.check = check;
    }

    /** What an exercise asks for, as a program that tries it from outside: every solution passes that behaves as the goal says. */
    private interface Check {
        void tryOut(Checks checks) throws IOException;
    }

    /** The class that the learner edits, as this program was started with it. */
    public Class<?> given() {
        return given;
    }

    public int number() {
        return ordinal() + 1;
    }

    /** Its name for people: "the note stays". */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public Path file() {
        return ROOT.resolve(path());
    }

    /** The file that the learner edits, from the root of the project. */
    String path() {
        return "docs/exercises/src/main/java/" + given.getName().replace('.', '/') + ".java";
    }

    /** Its page in the docs, as Markdown. */
    public String text() throws IOException {
        return Files.readString(MODULE.resolve("%02d-%s.md".formatted(number(), title().replace(' ', '-'))));
    }

    /** The routes that solve it: those of a stage, or ours. */
    public String solution() throws IOException {
        String ours = "src/test/java/logout/exercises/solutions/" + file().getFileName();
        Path source = number() > Stage.COUNT ? MODULE.resolve(ours) : stage();
        Matcher tagged = TAGGED.matcher(Files.readString(source));
        return tagged.find() ? tagged.group(1).stripTrailing().stripIndent() : "";
    }

    private Path stage() throws IOException {
        Path stage = only(ROOT, "stage-0" + number() + "-*");
        return only(stage.resolve("src/main/java/logout/stage0" + number()), "*App.java");
    }

    /** The file of this folder whose name matches. */
    static Path only(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            return files.iterator().next();
        }
    }

    /** Checks a form of the learner's class: what is not yet so, beginning with what to look at first; nothing where it is solved. */
    public List<String> tryOut(Class<?> form) {
        Database database = Database.inMemory();
        Deque<StageWithPanel> started = new ArrayDeque<>();
        try {
            Supplier<StageLogout> servers = () -> {
                started.push(StageWithPanel.start(
                        stage(form, (spark, app) -> {}),
                        0,
                        database,
                        QuickAccounts.ALL,
                        handler -> cache(form, handler)));
                return started.peek().panel().logout(PageProtocol.SINGLE_PAGE.logOut("POST"), "");
            };
            check.tryOut(new Checks(servers.get(), servers));
            return List.of();
        } catch (LeftBehind e) {
            return e.sentences;
        } catch (IOException | RuntimeException e) {
            return List.of("The check did not come to its end: " + e.getMessage());
        } finally {
            started.forEach(StageWithPanel::close);
            database.close();
        }
    }

    /** A stage that has the routes of this form, those that every app has, and more. */
    Stage stage(Class<?> form, BiConsumer<Service, LoginApp> more) {
        String lesson = "Exercise " + number() + " of " + values().length + ": "
                + (number() <= Stage.COUNT ? "build stage " + number() + "." : "repair this app.");
        String title = title().substring(0, 1).toUpperCase(Locale.ROOT) + title().substring(1);
        BiConsumer<Service, LoginApp> routes = (spark, app) -> call(form, "routes", spark, app);
        List<String> logouts = this == REDIRECT_ONLY ? Stage.LOGOUTS_OF_A_SITE : Stage.LOGOUTS;
        return new Stage(
                STAGE_NUMBER, title, lesson, routes.andThen(this::frame).andThen(more), logouts);
    }

    /** What a server keeps in memory of the sessions: nothing, unless the form says otherwise. */
    private static SessionCache cache(Class<?> form, SessionHandler sessions) {
        Object cache = call(form, "cache", sessions);
        return cache == null ? SessionStore.NO_CACHE.apply(sessions) : (SessionCache) cache;
    }

    /** What the form's method of this name returns; null where it has none. */
    private static Object call(Class<?> form, String name, Object... arguments) {
        try {
            var method = Stream.of(form.getMethods())
                    .filter(one -> one.getName().equals(name))
                    .findFirst();
            return method.isPresent() ? method.get().invoke(null, arguments) : null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }

    /** The routes that an app needs beside those of the learner's file, which come first. */
    private void frame(Service spark, LoginApp app) {
        spark.get("/", app.page(this == REDIRECT_ONLY ? "site.ftlh" : "single-page.ftlh"));
        spark.get("/api/me", app::me);
        if (this == REDIRECT_ONLY) {
            spark.get("/profile", app.personalPage("site.ftlh"));
            spark.post("/login", app.logInThenProfile("site.ftlh"));
            spark.post("/note", app.saveNoteThenProfile("site.ftlh"));
            spark.get("/api/note", app::note);
            return;
        }
        spark.post("/api/login", app::logIn);
        if (this != THE_NOTE_STAYS) {
            spark.get("/api/note", app::note);
            spark.put("/api/note", app::saveNote);
        }
        if (number() > Stage.COUNT) {
            spark.post("/api/logout", (request, response) -> {
                Session session = request.session(false);
                if (session != null) {
                    session.invalidate();
                }
                response.removeCookie(app.cookie().path(), app.cookie().name());
                response.status(204);
                return "";
            });
        }
    }
}
