package logout.exercises.check;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import logout.app.LoginApp;
import logout.exercises.ALinkLogsOut;
import logout.exercises.ASaveInFlight;
import logout.exercises.ClearedIsNotLoggedOut;
import logout.exercises.DoneBeforeItIs;
import logout.exercises.EveryDevice;
import logout.exercises.NotFoundAfterAll;
import logout.exercises.TheCookieComesBack;
import logout.exercises.TheCookieWillNotGo;
import logout.exercises.TheGuardThatWavesThrough;
import logout.exercises.TheNextUser;
import logout.exercises.TheNoteStays;
import logout.exercises.TwoServers;
import logout.exercises.WordForWord;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;
import spark.Service;

/** All exercises, from easy to hard. */
public final class Exercises {

    public static final Exercise<BiConsumer<Service, LoginApp>> THE_NOTE_STAYS =
            routes(1, "the-note-stays", TheNoteStays.class, TheNoteStays::routes, new TheNoteStaysCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> NOT_FOUND_AFTER_ALL = routes(
            2, "not-found-after-all", NotFoundAfterAll.class, NotFoundAfterAll::routes, new NotFoundAfterAllCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> CLEARED_IS_NOT_LOGGED_OUT = routes(
            3,
            "cleared-is-not-logged-out",
            ClearedIsNotLoggedOut.class,
            ClearedIsNotLoggedOut::routes,
            new ThoroughCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> THE_COOKIE_WILL_NOT_GO = routes(
            4, "the-cookie-will-not-go", TheCookieWillNotGo.class, TheCookieWillNotGo::routes, new ThoroughCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> A_LINK_LOGS_OUT =
            routes(5, "a-link-logs-out", ALinkLogsOut.class, ALinkLogsOut::routes, new ALinkLogsOutCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> THE_COOKIE_COMES_BACK = routes(
            6,
            "the-cookie-comes-back",
            TheCookieComesBack.class,
            TheCookieComesBack::routes,
            new TheCookieComesBackCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> WORD_FOR_WORD =
            routes(7, "word-for-word", WordForWord.class, WordForWord::routes, new ThoroughCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> THE_GUARD_THAT_WAVES_THROUGH = routes(
            8,
            "the-guard-that-waves-through",
            TheGuardThatWavesThrough.class,
            TheGuardThatWavesThrough::routes,
            new TheGuardThatWavesThroughCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> THE_NEXT_USER =
            routes(9, "the-next-user", TheNextUser.class, TheNextUser::routes, new TheNextUserCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> A_SAVE_IN_FLIGHT =
            routes(10, "a-save-in-flight", ASaveInFlight.class, ASaveInFlight::routes, new ASaveInFlightCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> DONE_BEFORE_IT_IS =
            routes(11, "done-before-it-is", DoneBeforeItIs.class, DoneBeforeItIs::routes, new DoneBeforeItIsCheck());
    public static final Exercise<BiConsumer<Service, LoginApp>> EVERY_DEVICE =
            routes(12, "every-device", EveryDevice.class, EveryDevice::routes, new EveryDeviceCheck());
    public static final Exercise<Function<SessionHandler, SessionCache>> TWO_SERVERS = new Exercise<>(
            13, "two-servers", TwoServers.class, TwoServers::cache, Exercises::cacheOf, new TwoServersCheck());

    public static final List<Exercise<?>> ALL = List.of(
            THE_NOTE_STAYS,
            NOT_FOUND_AFTER_ALL,
            CLEARED_IS_NOT_LOGGED_OUT,
            THE_COOKIE_WILL_NOT_GO,
            A_LINK_LOGS_OUT,
            THE_COOKIE_COMES_BACK,
            WORD_FOR_WORD,
            THE_GUARD_THAT_WAVES_THROUGH,
            THE_NEXT_USER,
            A_SAVE_IN_FLIGHT,
            DONE_BEFORE_IT_IS,
            EVERY_DEVICE,
            TWO_SERVERS);

    private Exercises() {}

    /** The exercise of this number; null where there is none, which is said. */
    static Exercise<?> find(String number) {
        for (Exercise<?> exercise : ALL) {
            if (number.equals(String.valueOf(exercise.number()))) {
                return exercise;
            }
        }
        System.out.printf("There is no exercise %s. There are 1 to %d.%n", number, ALL.size());
        return null;
    }

    private static Exercise<BiConsumer<Service, LoginApp>> routes(
            int number, String name, Class<?> file, BiConsumer<Service, LoginApp> startingPoint, RoutesCheck check) {
        return new Exercise<>(number, name, file, startingPoint, Exercises::routesOf, check);
    }

    /** The routes that an exercise's class adds. */
    static BiConsumer<Service, LoginApp> routesOf(Class<?> edited) {
        return (spark, app) -> call(edited, "routes", spark, app);
    }

    private static Function<SessionHandler, SessionCache> cacheOf(Class<?> edited) {
        return sessions -> (SessionCache) call(edited, "cache", sessions);
    }

    private static Object call(Class<?> edited, String name, Object... arguments) {
        try {
            return Stream.of(edited.getMethods())
                    .filter(method -> method.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no method " + name + " any more."))
                    .invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
