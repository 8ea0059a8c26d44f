package logout.exercises.check;

import static logout.exercises.check.Exercise.Part.LOGIN;
import static logout.exercises.check.Exercise.Part.LOGOUT;
import static logout.exercises.check.Exercise.Part.NOTE;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import logout.app.LoginApp;
import logout.app.Stage;
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
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;
import spark.Service;
import spark.Session;

/** The exercises: the four stages to build, then nine apps to repair, from easy to hard. */
public enum Exercise {
    REDIRECT_ONLY(RedirectOnly.class, servers -> Residue.insistOnStage(1, servers), LOGOUT),
    FOR_A_SINGLE_PAGE(ForASinglePage.class, servers -> Residue.insistOnStage(2, servers), LOGOUT),
    CLEAR_THE_COOKIE(ClearTheCookie.class, servers -> Residue.insistOnStage(3, servers), LOGOUT),
    DESTROY_THE_SESSION(DestroyTheSession.class, servers -> Residue.insistOnStage(4, servers), LOGOUT),
    THE_NOTE_STAYS(TheNoteStays.class, Checks::theNoteStays, NOTE, LOGOUT),
    A_LINK_LOGS_OUT(ALinkLogsOut.class, Checks::aLinkLogsOut),
    THE_COOKIE_WILL_NOT_GO(TheCookieWillNotGo.class, Checks::theCookieWillNotGo, LOGOUT),
    THE_GUARD_THAT_WAVES_THROUGH(TheGuardThatWavesThrough.class, Checks::theGuardThatWavesThrough),
    THE_COOKIE_COMES_BACK(TheCookieComesBack.class, Checks::theCookieComesBack),
    TWO_SERVERS(TwoServers.class, Checks::twoServers),
    REMEMBERED(Remembered.class, Checks::remembered, LOGIN, LOGOUT),
    THE_NEXT_USER(TheNextUser.class, Checks::theNextUser, LOGIN, LOGOUT),
    EVERY_DEVICE(EveryDevice.class, Checks::everyDevice);

    /** How many of them build the stages. */
    static final int TO_BUILD = Stage.COUNT;

    /** Next to the numbers of the stages: a cookie name, a table, a folder of templates and a port of its own. */
    static final int STAGE_NUMBER = Stage.COUNT + 1;

    private final Class<?> file;
    private final Check check;
    private final Set<Part> own;

    Exercise(Class<?> file, Check check, Part... own) {
        this.file = file;
        this.check = check;
        this.own = Set.of(own);
    }

    /** What an exercise asks for, as a program that tries it from outside: every solution passes that behaves as the goal says. */
    interface Check {
        void tryOut(ExerciseServers servers) throws IOException;
    }

    /** What an app has beside its page; a learner's file may hold its own. */
    enum Part {
        LOGIN,
        NOTE,
        LOGOUT
    }

    /** The class that the learner edits. */
    public Class<?> file() {
        return file;
    }

    /** From 1. */
    public int number() {
        return ordinal() + 1;
    }

    /** Its name for people: "the note stays". */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Checks a form of the learner's class.
     *
     * @throws LeftBehind where it does not reach the goal
     */
    public void tryOut(Class<?> form) {
        try (ExerciseServers servers = new ExerciseServers(this, form)) {
            check.tryOut(servers);
        } catch (IOException | RuntimeException e) {
            throw LeftBehind.beforeTheEnd(e);
        }
    }

    /** A stage that has the routes of this form, and those that every app has. */
    Stage stage(Class<?> form) {
        String lesson = "Exercise " + number() + " of " + values().length + ": "
                + (number() <= TO_BUILD ? "build stage " + number() + "." : "repair this app.");
        String title = title().substring(0, 1).toUpperCase(Locale.ROOT) + title().substring(1);
        return new Stage(STAGE_NUMBER, title, lesson, (spark, app) -> {
            call(form, "routes", spark, app);
            frame(spark, app);
        });
    }

    /** What a server keeps in memory of the sessions: nothing, unless the form says otherwise. */
    SessionCache cache(Class<?> form, SessionHandler sessions) {
        Object cache = call(form, "cache", sessions);
        return cache == null ? SessionStore.NO_CACHE.apply(sessions) : (SessionCache) cache;
    }

    private static Object call(Class<?> form, String name, Object... arguments) {
        try {
            var method = Stream.of(form.getMethods())
                    .filter(one -> one.getName().equals(name))
                    .findFirst();
            return method.isPresent() ? method.get().invoke(null, arguments) : null;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The routes that an app has beside those of the learner's file. */
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
        if (!own.contains(LOGIN)) {
            spark.post("/api/login", app::logIn);
        }
        if (!own.contains(NOTE)) {
            spark.get("/api/note", app::note);
            spark.put("/api/note", app::saveNote);
        }
        if (!own.contains(LOGOUT)) {
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
