package logout.docscheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
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
    private static final Pattern OF_A_STAGE = Pattern.compile("(?:docs/)?stage-0(\\d)-.*");

    /** The page as it is now. */
    static Page read(String name) {
        List<String> lines = Project.lines(name);
        return new Page(name, lines, PARSER.parse(String.join("\n", lines)));
    }

    /** The root's pages, those below docs/, the stages' READMEs, and those beside the code. */
    static List<Page> all() {
        Stream<String> ofTheRoot = Stream.of("README.md", "CONTRIBUTING.md")
                .filter(name -> Project.path(name).toFile().exists());
        Stream<String> ofTheStages = Project.stageFolders().stream().map(folder -> folder + "/README.md");
        return Stream.of(ofTheRoot, Project.filesBelow("docs", ".md").stream(), ofTheStages, besideTheCode().stream())
                .flatMap(names -> names)
                .map(Page::read)
                .toList();
    }

    /** The pages for those who change the code. */
    static List<String> besideTheCode() {
        return Project.filesBelow("lab", ".md");
    }

    /** Of all pages the one that is asked for with {@code -Dpage=docs/faq.md}, or those of a folder; else all. */
    static List<Page> chosen() {
        String wanted = System.getProperty("page", "");
        List<Page> chosen =
                all().stream().filter(page -> page.name().startsWith(wanted)).toList();
        if (chosen.isEmpty()) {
            throw new AssertionError("There is no page " + wanted);
        }
        return chosen;
    }

    /** A test for each chosen page, which fails where the check finds problems. */
    static Stream<DynamicTest> each(Function<Page, List<String>> problemsOf) {
        return chosen().stream()
                .map(page -> DynamicTest.dynamicTest(page.name(), () -> assertNone(problemsOf.apply(page))));
    }

    static void assertNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }

    /** The stage that the page is about, where it is about one. */
    Optional<Integer> stage() {
        Matcher matcher = OF_A_STAGE.matcher(name);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** All nodes of this kind, in the order of reading. */
    <T extends Node> List<T> all(Class<T> kind) {
        return allNodes().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Stream<Node> allNodes() {
        return withDescendants(document);
    }

    static Stream<Node> withDescendants(Node node) {
        return Stream.concat(Stream.of(node), children(node).flatMap(Page::withDescendants));
    }

    private static Stream<Node> children(Node node) {
        return Stream.iterate(node.getFirstChild(), child -> child != null, Node::getNext);
    }

    /** Code blocks and tables, each with the heading that it stands under. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (Node node : allNodes().filter(Block::isBlock).toList()) {
            blocks.add(Block.of(this, node));
        }
        return blocks;
    }

    static boolean isInTable(Node node) {
        return Stream.iterate(node, ancestor -> ancestor != null, Node::getParent)
                .anyMatch(ancestor -> ancestor instanceof TableBlock);
    }

    /** What is read of a node, without the markup. */
    static String plainText(Node node) {
        StringBuilder text = new StringBuilder();
        withDescendants(node).forEach(part -> text.append(ownText(part)));
        return text.toString();
    }

    private static String ownText(Node node) {
        if (node instanceof Text text) {
            return text.getLiteral();
        }
        if (node instanceof Code code) {
            return code.getLiteral();
        }
        return node instanceof SoftLineBreak || node instanceof HardLineBreak ? " " : "";
    }

    /** Where a node stands, for a failure: the page, the line, and the heading above it. */
    String placeOf(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        int line = spans.isEmpty() ? 0 : spans.get(0).getLineIndex();
        String heading = all(Heading.class).stream()
                .filter(candidate -> candidate.getSourceSpans().get(0).getLineIndex() <= line)
                .reduce((first, second) -> second)
                .map(Page::plainText)
                .orElse("the top");
        return name + ":" + (line + 1) + " (under \"" + heading + "\")";
    }
}
