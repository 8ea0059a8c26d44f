package logout.app.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown as a page in the style of the others. It is the project's own, so HTML in it stands as it is. */
final class Markdown {

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    /** What can be too wide for a screen can be moved with the keys. */
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (tag.equals("table") || tag.equals("pre")) {
                    attributes.put("tabindex", "0");
                }
            })
            .build();

    private Markdown() {}

    /**
     * Makes a page of a text.
     *
     * @param path of the page
     * @param served the paths of all pages; a link that leads to none of them says where the file is, and opens nothing
     */
    static String page(String path, String text, Set<String> served) {
        Node document = PARSER.parse(text);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                URI target = URI.create(path).resolve(link.getDestination());
                if (target.getScheme() == null && !served.contains(target.getPath())) {
                    sayWhereItIs(link, target.getPath().substring(1));
                }
            }
        });
        // The corner of a table heads nothing.
        String html = RENDERER.render(document).replace("<th></th>", "<td></td>");
        String title = text.lines().findFirst().orElse("").replaceFirst("# ", "");
        return Pages.of().render("docs.ftlh", Map.of("title", title, "text", html));
    }

    private static void sayWhereItIs(Link link, String file) {
        while (link.getFirstChild() != null) {
            link.insertBefore(link.getFirstChild());
        }
        link.insertBefore(new Text(" (in the project’s folder: "));
        link.insertBefore(new Code(file));
        link.insertBefore(new Text(")"));
        link.unlink();
    }
}
