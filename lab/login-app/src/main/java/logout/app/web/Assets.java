package logout.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.servlet.http.HttpServletResponse;
import spark.Request;
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

    /** The files of the folder. A jar cannot be asked what it holds, so they are named here. */
    private static final List<String> NAMES = List.of(
            "favicon.svg",
            "lab-browser.js",
            "lab-chips.js",
            "lab-code.js",
            "lab-dom.js",
            "lab-logout.js",
            "lab-news.js",
            "lab-panel.css",
            "lab-panel.js",
            "lab-store.js",
            "lab-tries.js",
            "lab-wire.js",
            "page.css",
            "projector.js",
            "server.js",
            "single-page.js",
            "site.js",
            "view.js");

    private Assets() {}

    /** Adds a route for each file that the pages share. */
    public static void serve(Service spark) {
        serve(spark, FOLDER, NAMES);
    }

    /** Adds a route for each of these files of a folder of the class path. */
    public static void serve(Service spark, String folder, Iterable<String> names) {
        for (String name : names) {
            byte[] content = read(folder + name);
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            // Weak, as the bytes that are sent hang on whether they are compressed.
            String tag = "W/\"" + UUID.nameUUIDFromBytes(content) + "\"";
            spark.get(PATH + name, (request, response) -> {
                // Always asked for again, and sent again where it is another: a learner who edits a page must not be
                // shown the old one.
                // (Spark's own response.header would add a second value to the guards' "no-store".)
                response.raw().setHeader("Cache-Control", "no-cache");
                response.header("Vary", "Accept-Encoding");
                response.header("ETag", tag);
                response.type(type);
                if (tag.equals(request.headers("If-None-Match"))) {
                    response.status(HttpServletResponse.SC_NOT_MODIFIED);
                    return "";
                }
                if (acceptsGzip(request)) {
                    // Asked for by this header, Spark compresses the body.
                    response.header("Content-Encoding", "gzip");
                }
                return content;
            });
        }
    }

    private static boolean acceptsGzip(Request request) {
        String accepted = request.headers("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    private static byte[] read(String path) {
        try (InputStream in = Assets.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no file " + path + " among the assets.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
