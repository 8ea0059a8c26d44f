package logout.app.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import logout.app.Stage;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.eclipse.jetty.util.resource.Resource;
import spark.Service;

/**
 * The pages of {@code docs/} with their pictures, to read only: the build puts them into the class path. Their Markdown
 * becomes a page in the style of the others; it is the project's own, so HTML in it stands as it is.
 */
public final class Docs {

    /** What the path of each of them begins with. The path itself is that of the map of all pages. */
    public static final String PATH = "/docs/";

    private static final String FOLDER = "/logout/docs/";
    private static final String INDEX = "README.md";
    private static final String[] FOLDERS = {"", "exercises/", "images/"};

    /** The file behind each path. A path that is not among them is unknown: so nothing else can be asked for. */
    private static final Map<String, String> FILES = files();

    private static final Pages PAGES = new Pages();

    private Docs() {}

    public static void serve(Service spark) {
        FILES.forEach((path, file) -> spark.get(path, (request, response) -> {
            boolean isPage = file.endsWith(".md");
            response.type(isPage ? "text/html; charset=utf-8" : "image/png");
            return isPage ? page(path, new String(Assets.content(file), UTF_8)) : Assets.content(file);
        }));
    }

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

    private static String page(String path, String text) {
        List<Extension> extensions = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
        Node document = Parser.builder().extensions(extensions).build().parse(text);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                URI target = URI.create(path).resolve(link.getDestination());
                if (target.getScheme() == null && !FILES.containsKey(target.getPath())) {
                    // It leads to none of the pages: so it says where the file is, and opens nothing.
                    HtmlInline place = new HtmlInline();
                    place.setLiteral(" (in the project’s folder: <code>%s</code>)"
                            .formatted(target.getPath().substring(1)));
                    link.insertAfter(place);
                    while (link.getFirstChild() != null) {
                        link.insertBefore(link.getFirstChild());
                    }
                    link.unlink();
                }
            }
        });
        HtmlRenderer renderer = HtmlRenderer.builder().extensions(extensions).build();
        // What can be too wide for a screen can be moved with the keys; the corner of a table heads nothing.
        String html = renderer.render(document)
                .replaceAll("<(table|pre)>", "<$1 tabindex=\"0\">")
                .replace("<th></th>", "<td></td>");
        String title = text.lines().findFirst().orElse("").replaceFirst("# ", "");
        return PAGES.render("docs.ftlh", Map.of("title", title, "text", html));
    }
}
