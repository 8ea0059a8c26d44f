package logout.docscheck;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Links and images in the pages")
class LinksTest {

    private static final String MAP = "docs/README.md";
    private static final String MAP_OF_THE_CODE = "CONTRIBUTING.md";
    private static final long MAX_IMAGE_BYTES = 320_000;

    @Order(1)
    @TestFactory
    Stream<DynamicTest> lead_somewhere() {
        return Page.each(page -> targets(page)
                .flatMap(target -> problem(page, target.destination())
                        .map(problem ->
                                page.placeOf(target.node()) + ": the link to " + target.destination() + " " + problem))
                .toList());
    }

    private static Stream<Target> targets(Page page) {
        return Stream.concat(
                page.all(Link.class).stream().map(link -> new Target(link, link.getDestination())),
                page.all(Image.class).stream().map(image -> new Target(image, image.getDestination())));
    }

    private static Stream<String> problem(Page page, String destination) {
        URI uri;
        try {
            uri = new URI(destination);
        } catch (URISyntaxException e) {
            return Stream.of("is no address: " + e.getMessage());
        }
        return Stream.ofNullable(uri.getScheme() == null ? problemInside(page, uri) : problemOutside(uri));
    }

    private static String problemOutside(URI uri) {
        boolean here = "localhost".equals(uri.getHost()) && "http".equals(uri.getScheme());
        boolean elsewhere = "https".equals(uri.getScheme())
                && uri.getHost() != null
                && uri.getHost().contains(".");
        return here || elsewhere ? null : "must be a whole https address";
    }

    private static String problemInside(Page page, URI uri) {
        Path target = Project.path(fileOf(page, uri.getPath()));
        if (!target.startsWith(Project.ROOT)) {
            return "leaves the project";
        }
        if (!Files.exists(target)) {
            return "leads nowhere: there is no " + Project.nameOf(target);
        }
        if (uri.getFragment() == null) {
            return null;
        }
        List<String> anchors = Files.isDirectory(target) ? List.of() : Anchors.of(Project.nameOf(target));
        return anchors.contains(uri.getFragment())
                ? null
                : "names a place that is not there; there are: " + String.join(", ", anchors);
    }

    /** The path from the root of what a page links to; the page itself where the link has only a fragment. */
    private static String fileOf(Page page, String path) {
        return path.isEmpty()
                ? page.name()
                : Project.nameOf(Project.path(page.name()).resolveSibling(path).normalize());
    }

    @Order(2)
    @TestFactory
    Stream<DynamicTest> to_images_say_what_is_seen_there() {
        return Page.each(page -> page.all(Image.class).stream()
                .filter(image -> Page.plainText(image).isBlank())
                .map(image -> page.placeOf(image) + ": the image " + image.getDestination()
                        + " has no text for those who do" + " not see it: ![what is seen](…)")
                .toList());
    }

    @Order(3)
    @TestFactory
    Stream<DynamicTest> use_every_image_and_none_is_too_large() {
        Set<String> used = Page.all().stream().flatMap(LinksTest::inside).collect(Collectors.toSet());
        return Project.filesBelow("docs/images", "").stream()
                .map(image -> DynamicTest.dynamicTest(image, () -> Page.assertNone(problems(image, used))));
    }

    private static List<String> problems(String image, Set<String> used) throws java.io.IOException {
        List<String> problems = new ArrayList<>();
        long bytes = Files.size(Project.path(image));
        if (!used.contains(image)) {
            problems.add(image + " is shown on no page: use it or delete it");
        }
        if (bytes > MAX_IMAGE_BYTES) {
            problems.add(image + " has " + bytes + " bytes; at most " + MAX_IMAGE_BYTES + " are for an image");
        }
        return problems;
    }

    @Order(4)
    @TestFactory
    Stream<DynamicTest> lead_to_every_page_of_the_docs_and_beside_the_code() {
        return Stream.of(Project.filesBelow("docs", ".md"), Page.besideTheCode())
                .flatMap(List::stream)
                .filter(page -> !page.equals(MAP))
                .map(page -> DynamicTest.dynamicTest(page, () -> Page.assertNone(problemsOfReaching(page))));
    }

    private static List<String> problemsOfReaching(String page) {
        String map = mapFor(page);
        if (!Files.exists(Project.path(map))) {
            return List.of(page + " cannot be found by a reader: there is no " + map + " yet, which should link it");
        }
        return inside(Page.read(map)).anyMatch(page::equals)
                ? List.of()
                : List.of(page + " cannot be found by a reader: " + map + " does not link it");
    }

    /** A page below a folder of docs/ is linked by the page of that folder, all others there by the map. */
    private static String mapFor(String page) {
        if (Page.besideTheCode().contains(page)) {
            return MAP_OF_THE_CODE;
        }
        String own = Project.nameOf(Project.path(page).resolveSibling("README.md"));
        return own.equals(page) ? MAP : own;
    }

    private static Stream<String> inside(Page page) {
        return targets(page)
                .map(Target::destination)
                .filter(destination -> !destination.contains(":"))
                .map(destination -> fileOf(page, destination.replaceFirst("#.*", "")));
    }

    /** A link or an image, and what it leads to. */
    private record Target(Node node, String destination) {}
}
