package logout.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.util.resource.Resource;
import spark.Service;

/** The style sheet, scripts and pictures of the pages, served as they are in the class path. */
public final class Assets {

    public static final String PATH = "/assets/";
    public static final String SHARED = "/logout/app/assets/";

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private Assets() {}

    /**
     * Adds a route for each file of a folder of the class path.
     *
     * @param folder begins and ends with a slash
     */
    public static void serve(Service spark, String folder) {
        try (Resource files = Resource.newClassPathResource(folder)) {
            for (String name : files.list()) {
                serve(spark, name, content(folder + name));
            }
        }
    }

    public static byte[] content(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(Service spark, String name, byte[] content) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        // Made of what is in the file: in a jar, all files are of the same date.
        String tag = '"' + UUID.nameUUIDFromBytes(content).toString() + '"';
        spark.get(PATH + name, (request, response) -> {
            // Always asked for again, and sent again where it is another: a learner who edits a page must not be shown
            // the old one. (Spark's own response.header would add a second value to the guards' "no-store".)
            response.raw().setHeader("Cache-Control", "no-cache");
            response.header("ETag", tag);
            response.type(type);
            if (tag.equals(request.headers("If-None-Match"))) {
                response.status(HttpServletResponse.SC_NOT_MODIFIED);
                return "";
            }
            return content;
        });
    }
}
