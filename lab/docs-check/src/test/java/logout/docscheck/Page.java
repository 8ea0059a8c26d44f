package logout.docscheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.DynamicTest;

/**
 * One page of the docs, as it is read.
 *
 * @param name its path from the project's root
 * @param lines its text
 * @param document the same, parsed
 */
record Page(String name, List<String> lines, Node document) {

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    /** The page as it is now. */
    static Page read(String name) {
        return new Page(name, Project.lines(name), PARSER.parse(Project.text(name)));
    }

    /** The root's pages, those below docs/, the stages' READMEs, and those beside the code. */
    static List<Page> all() {
        return Stream.of(
                        Stream.of("README.md", "CONTRIBUTING.md"),
                        Project.filesBelow("docs", ".md").stream(),
                        Project.stageFolders().stream().map(folder -> folder + "/README.md"),
                        besideTheCode().stream())
                .flatMap(names -> names)
                .map(Page::read)
                .toList();
    }

    /** The pages for those who change the code. */
    static List<String> besideTheCode() {
        return Project.filesBelow("lab", ".md");
    }

    /** A test for each page, which fails where the check finds problems. */
    static Stream<DynamicTest> each(Function<Page, Stream<String>> problemsOf) {
        return all().stream()
                .map(page -> DynamicTest.dynamicTest(
                        page.name(), () -> assertThat(problemsOf.apply(page)).isEmpty()));
    }

    /** All nodes of this kind, in the order of reading. */
    <T extends Node> Stream<T> all(Class<T> kind) {
        return withDescendants(document).filter(kind::isInstance).map(kind::cast);
    }

    static Stream<Node> withDescendants(Node node) {
        Stream<Node> children = Stream.iterate(node.getFirstChild(), child -> child != null, Node::getNext);
        return Stream.concat(Stream.of(node), children.flatMap(Page::withDescendants));
    }

    /** The code blocks and tables. */
    List<Block> blocks() {
        return withDescendants(document)
                .filter(Block::isBlock)
                .map(node -> Block.of(this, node))
                .toList();
    }

    /** What is read of a node, without the markup. */
    static String plainText(Node node) {
        return withDescendants(node).map(Page::ownText).collect(Collectors.joining());
    }

    private static String ownText(Node node) {
        if (node instanceof Text text) {
            return text.getLiteral();
        }
        if (node instanceof Code code) {
            return code.getLiteral();
        }
        return "";
    }

    /** Where a node stands, for a failure. */
    String placeOf(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        return name + ":" + (spans.isEmpty() ? 1 : spans.get(0).getLineIndex() + 1) + ": ";
    }
}
