package logout.app.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import logout.app.Stage;
import org.eclipse.jetty.util.resource.Resource;
import spark.Service;

/** The pages of {@code docs/} with their pictures, to read only: the build puts them into the class path. */
public final class Docs {

    /** What the path of each of them begins with. The path itself is that of the map of all pages. */
    public static final String PATH = "/docs/";

    private static final String FOLDER = "/logout/docs/";
    private static final String INDEX = "README.md";
    private static final String[] FOLDERS = {"", "exercises/", "images/"};

    /** The file behind each path. A path that is not among them is unknown: so nothing else can be asked for. */
    private static final Map<String, String> FILES = files();

    private Docs() {}

    /** Adds a route for each page and each picture. */
    public static void serve(Service spark) {
        FILES.forEach((path, file) -> spark.get(path, (request, response) -> {
            boolean isPage = file.endsWith(".md");
            response.type(isPage ? "text/html; charset=utf-8" : "image/png");
            return isPage ? Markdown.page(path, new String(content(file), UTF_8), FILES.keySet()) : content(file);
        }));
    }

    /** The path of the page that explains a stage. */
    public static String chapter(Stage stage) {
        String begin = PATH + "stage-0" + stage.number() + "-";
        return FILES.keySet().stream()
                .filter(path -> path.startsWith(begin))
                .findFirst()
                .orElse(PATH);
    }

    private static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (String folder : FOLDERS) {
            try (Resource listed = Resource.newClassPathResource(FOLDER + folder)) {
                for (String name : listed.list()) {
                    if (!name.endsWith("/")) {
                        files.put(PATH + folder + name, FOLDER + folder + name);
                    }
                    if (name.equals(INDEX)) {
                        files.put(PATH + folder, FOLDER + folder + name);
                    }
                }
            }
        }
        return files;
    }

    private static byte[] content(String file) throws IOException {
        try (Resource resource = Resource.newClassPathResource(file);
                InputStream in = resource.getInputStream()) {
            return in.readAllBytes();
        }
    }
}
