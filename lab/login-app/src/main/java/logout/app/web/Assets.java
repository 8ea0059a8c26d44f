package logout.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import spark.Service;

/** The style sheet, scripts and pictures of the pages, served as they are in the class path. */
public final class Assets {

    /** What the path of every asset begins with. */
    public static final String PATH = "/assets/";

    private static final String FOLDER = "/logout/app/assets/";

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private Assets() {}

    /** Adds a route for each of these files of the assets' folder. */
    public static void serve(Service spark, Iterable<String> names) {
        for (String name : names) {
            byte[] content = read(name);
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            spark.get(PATH + name, (request, response) -> {
                // Always asked for again: a learner who edits a page must not be shown the old one.
                response.header("Cache-Control", "no-cache");
                response.type(type);
                return content;
            });
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no file " + name + " among the assets.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
