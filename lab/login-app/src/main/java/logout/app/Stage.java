package logout.app;

import java.util.List;
import java.util.function.BiConsumer;
import spark.Service;

/**
 * One lesson: its place in the story, and the routes that make it an app.
 *
 * <p>All that follows from the number (port, name of the session cookie, table, folder of its
 * templates) is worked out here, so that no two stages get in each other's way. Cookies ignore
 * ports, hence a cookie name for each.
 *
 * @param number 1 to 4, in the order of the story
 * @param title two or three words
 * @param lesson one sentence: what this stage's logout does
 * @param routes adds the stage's routes to a Spark service
 * @param logouts the paths of the addresses that log out
 */
public record Stage(
        int number, String title, String lesson, BiConsumer<Service, LoginApp> routes, List<String> logouts) {

    public static final List<String> LOGOUTS = List.of("/logout", "/api/logout");

    /** Those of a site of pages, which has no API. */
    public static final List<String> LOGOUTS_OF_A_SITE = List.of("/logout");

    public static final int COUNT = 4;

    /** The port just below the stages'; stage 1 listens on the next one. */
    public static final int BASE_PORT = 4570;

    /** A stage that logs out where those of the story do: the first is a site of pages. */
    public Stage(int number, String title, String lesson, BiConsumer<Service, LoginApp> routes) {
        this(number, title, lesson, routes, number == 1 ? LOGOUTS_OF_A_SITE : LOGOUTS);
    }

    public int defaultPort() {
        return BASE_PORT + number;
    }

    public SessionCookie sessionCookie() {
        return new SessionCookie("stage-0" + number + ".sid", "/");
    }

    public String table() {
        return "stage_0" + number + "_sessions";
    }

    public boolean isLogout(String path) {
        return logouts.contains(path);
    }

    /** The folder of the class path where a stage keeps templates of its own, and the build its source. */
    public String folder() {
        return "/logout/stage0" + number;
    }
}
