package logout.docscheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logout.app.Stage;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Links, addresses and images in the pages")
class LinksTest {

    private static final String MAP = "docs/README.md";
    private static final String MAP_OF_THE_CODE = "CONTRIBUTING.md";
    private static final long MAX_IMAGE_BYTES = 320_000;

    /** This project's style has no modifier before a test method. */
    private static final Pattern TEST_METHOD = Pattern.compile("(?m)^ +(?:void|Stream<\\w+>) (\\w+)\\(");

    private static final Pattern PORT = Pattern.compile("localhost:(\\d+)");
    private static final Pattern CHOSEN_PORT = Pattern.compile("--port (\\d+)");
    private static final Pattern PAGE_OF_A_STAGE = Pattern.compile("(?:docs/)?stage-0(\\d)-.*");

    /** Where readers' own apps run, in examples. */
    private static final String OWN_APP = "8080";

    @TestFactory
    Stream<DynamicTest> lead_somewhere() {
        return Page.each(page -> targets(page)
                .flatMap(target -> problem(page, target.destination())
                        .map(problem ->
                                page.placeOf(target.node()) + "the link to " + target.destination() + " " + problem)));
    }

    private static Stream<Target> targets(Page page) {
        return Stream.concat(
                page.all(Link.class).map(link -> new Target(link, link.getDestination())),
                page.all(Image.class).map(image -> new Target(image, image.getDestination())));
    }

    private static Stream<String> problem(Page page, String destination) {
        try {
            URI uri = new URI(destination);
            return Stream.ofNullable(uri.getScheme() == null ? problemInside(page, uri) : problemOutside(uri));
        } catch (URISyntaxException e) {
            return Stream.of("is no address: " + e.getMessage());
        }
    }

    private static String problemOutside(URI uri) {
        boolean here = "localhost".equals(uri.getHost()) && "http".equals(uri.getScheme());
        boolean elsewhere = "https".equals(uri.getScheme())
                && uri.getHost() != null
                && uri.getHost().contains(".");
        return here || elsewhere ? null : "must be a whole https address";
    }

    private static String problemInside(Page page, URI uri) {
        String target = fileOf(page, uri.getPath());
        if (target.startsWith("..")) {
            return "leaves the project";
        }
        if (!Files.exists(Project.path(target))) {
            return "leads nowhere: there is no " + target;
        }
        List<String> anchors = anchors(target);
        return uri.getFragment() == null || anchors.contains(uri.getFragment())
                ? null
                : "names a place that is not there; there are: " + String.join(", ", anchors);
    }

    /** The places that a link can name behind its {@code #}: of a page its headings, of a Java file its test methods. */
    private static List<String> anchors(String file) {
        if (file.endsWith(".md")) {
            IdGenerator ids = IdGenerator.builder().build();
            return Page.read(file)
                    .all(Heading.class)
                    .map(heading -> ids.generateId(Page.plainText(heading)))
                    .toList();
        }
        return file.endsWith(".java") ? groups(TEST_METHOD, Project.text(file)).toList() : List.of();
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }

    /** The path from the root of what a page links to; the page itself where the link has only a fragment. */
    private static String fileOf(Page page, String path) {
        return path.isEmpty()
                ? page.name()
                : Project.nameOf(Project.path(page.name()).resolveSibling(path).normalize());
    }

    @TestFactory
    Stream<DynamicTest> to_localhost_have_a_port_where_something_listens_and_on_the_page_of_a_stage_its_own() {
        return Page.each(page -> {
            String text = String.join("\n", page.lines());
            Set<String> ports = Stream.of(ports(page), groups(CHOSEN_PORT, text), Stream.of(OWN_APP))
                    .flatMap(some -> some)
                    .collect(Collectors.toSet());
            return groups(PORT, text).filter(port -> !ports.contains(port));
        });
    }

    private static Stream<String> ports(Page page) {
        Matcher ofAStage = PAGE_OF_A_STAGE.matcher(page.name());
        return ofAStage.matches()
                ? Stream.of(0, Integer.parseInt(ofAStage.group(1))).map(n -> String.valueOf(Stage.BASE_PORT + n))
                : ports();
    }

    /** The comparison page's, those of the stages, and that of an exercise. */
    private static Stream<String> ports() {
        return IntStream.rangeClosed(Stage.BASE_PORT, Stage.BASE_PORT + Stage.COUNT + 1)
                .mapToObj(String::valueOf);
    }

    /** Another number would be another host, which the apps refuse. */
    @Test
    void are_forwarded_by_the_dev_container_under_the_same_ports() {
        JsonElement container = JsonParser.parseString(Project.text(".devcontainer/devcontainer.json"));
        assertThat(container.getAsJsonObject().getAsJsonArray("forwardPorts"))
                .extracting(JsonElement::getAsString)
                .containsExactlyElementsOf(ports().toList());
    }

    @TestFactory
    Stream<DynamicTest> to_images_say_what_is_seen_there() {
        return Page.each(page -> page.all(Image.class)
                .filter(image -> Page.plainText(image).isBlank())
                .map(image -> page.placeOf(image) + "![what is seen](" + image.getDestination() + ")"));
    }

    @TestFactory
    Stream<DynamicTest> use_every_image_and_none_is_too_large() {
        Set<String> used = Page.all().stream().flatMap(LinksTest::inside).collect(Collectors.toSet());
        return Project.filesBelow("docs/images", "").stream()
                .map(image -> DynamicTest.dynamicTest(image, () -> {
                    assertThat(used).contains(image);
                    assertThat(Project.path(image).toFile().length())
                            .as("bytes")
                            .isLessThan(MAX_IMAGE_BYTES);
                }));
    }

    @TestFactory
    Stream<DynamicTest> lead_to_every_page_of_the_docs_and_beside_the_code() {
        return Stream.of(Project.filesBelow("docs", ".md"), Page.besideTheCode())
                .flatMap(List::stream)
                .filter(page -> !page.equals(MAP))
                .map(page -> DynamicTest.dynamicTest(
                        page,
                        () -> assertThat(inside(Page.read(mapFor(page))))
                                .as("links of " + mapFor(page))
                                .contains(page)));
    }

    /** A page below a folder of docs/ is linked by the page of that folder, all others there by the map. */
    private static String mapFor(String page) {
        if (page.startsWith("lab/")) {
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
