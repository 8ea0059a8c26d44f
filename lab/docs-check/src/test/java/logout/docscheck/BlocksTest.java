package logout.docscheck;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.docscheck.Marker.Kind;
import logout.experiment.ResidueColumn;
import org.commonmark.node.HtmlBlock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

@DisplayName("Code, output and dialogues in the pages")
@Order(1) // with -Drefresh it writes the pages, and the other classes read what it wrote
class BlocksTest {

    private static final String REFRESH = "mvn -q -pl lab/docs-check test -Drefresh -Dpage=";

    /** These hold no claim that could be taken from a source: commands are run by .ci/run, diagrams are drawn by hand. */
    private static final Set<String> WITHOUT_MARKER = Set.of("sh", "mermaid");

    private static final List<String> RESIDUE =
            Arrays.stream(ResidueColumn.values()).map(ResidueColumn::title).toList();

    /** What folds answers away until the reader opens them. */
    private static final Pattern FOLD = Pattern.compile("(</?details>|<summary>.*</summary>|\\s)*");

    @Order(1)
    @TestFactory
    Stream<DynamicTest> say_where_they_come_from() {
        return Page.each(page -> Stream.concat(
                        page.blocks().stream().flatMap(BlocksTest::problemWithMarker),
                        page.all(HtmlBlock.class).stream().flatMap(html -> problemWithComment(page, html)))
                .toList());
    }

    private static Stream<String> problemWithMarker(Block block) {
        Kind kind = block.marker() == null ? null : block.marker().kind();
        String problem = switch (block.language()) {
            case "java" -> kind == Kind.CODE ? null : "a java block needs <!-- code: FILE tag: NAME --> before it";
            case "console" ->
                kind == Kind.SESSION ? null : "a console block needs <!-- session with: stage N --> before it";
            case Block.TABLE ->
                kind != null || !isResidueTable(block)
                        ? null
                        : "a table of what a logout leaves behind needs <!-- output of: COMMAND --> before it";
            default ->
                kind != null || WITHOUT_MARKER.contains(block.language())
                        ? null
                        : "a block of \"" + block.language() + "\" needs a marker before it, one of " + Marker.known()
                                + "; commands to type are sh";
        };
        return Stream.ofNullable(problem).map(text -> block.place() + ": " + text);
    }

    private static boolean isResidueTable(Block block) {
        return block.firstCells().stream().anyMatch(RESIDUE::contains);
    }

    private static Stream<String> problemWithComment(Page page, HtmlBlock html) {
        boolean marks = html.getNext() != null && Block.isBlock(html.getNext());
        boolean folds = FOLD.matcher(html.getLiteral()).matches();
        return folds || marks && Marker.parse(html.getLiteral()).isPresent()
                ? Stream.empty()
                : Stream.of(page.placeOf(html) + ": `" + html.getLiteral().strip()
                        + "` must be right before a block, and one of " + Marker.known());
    }

    @Order(2)
    @TestFactory
    Stream<DynamicContainer> say_what_their_source_says() {
        return Page.chosen().stream()
                .map(page -> System.getProperty("refresh") == null ? page : refreshed(page))
                .map(BlocksTest::testsOf);
    }

    private static DynamicContainer testsOf(Page page) {
        Fresh fresh = new Fresh(page);
        return dynamicContainer(
                page.name(),
                page.blocks().stream()
                        .filter(block -> block.marker() != null)
                        .map(block -> dynamicTest(block.title(), () -> assertFresh(block, fresh))));
    }

    private static void assertFresh(Block block, Fresh fresh) {
        List<String> lines;
        try {
            lines = fresh.lines(block);
        } catch (AssertionError e) {
            throw new AssertionError(block.place() + ", " + block.marker() + ": " + e.getMessage(), e);
        }
        if (!lines.equals(block.content())) {
            throw new AssertionError(block.place() + ": this is not what there is now, by `" + block.marker() + "`:\n"
                    + difference(block.content(), lines) + "\nRefresh it with: " + REFRESH
                    + block.page().name());
        }
    }

    private static String difference(List<String> shown, List<String> now) {
        return DiffUtils.diff(shown, now).getDeltas().stream()
                .flatMap(delta -> Stream.concat(signed("- ", delta, true), signed("+ ", delta, false)))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> signed(String sign, AbstractDelta<String> delta, boolean shown) {
        return (shown ? delta.getSource() : delta.getTarget())
                .getLines().stream().map(line -> sign + line);
    }

    /** Writes into the page what its blocks should say, as far as that can be had; returns the page as it is then. */
    private static Page refreshed(Page page) {
        Fresh fresh = new Fresh(page);
        List<String> lines = new ArrayList<>(page.lines());
        List<Block> blocks = page.blocks();
        for (int i = blocks.size() - 1; i >= 0; i--) { // from the last one, so that the places of the others stay
            Block block = blocks.get(i);
            if (block.marker() != null) {
                replace(lines, block, fresh);
            }
        }
        if (!lines.equals(page.lines())) {
            Project.write(page.name(), lines);
        }
        return Page.read(page.name());
    }

    private static void replace(List<String> lines, Block block, Fresh fresh) {
        try {
            List<String> content = fresh.lines(block).stream()
                    .map(line -> line.isEmpty() ? "" : block.indent() + line)
                    .toList();
            List<String> old = lines.subList(block.begin(), block.end());
            old.clear();
            old.addAll(content);
        } catch (AssertionError | TestAbortedException e) {
            // It stays as it is; the test of this block, which comes next, says why.
        }
    }
}
