package logout.docscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logout.experiment.ResidueColumn;
import org.commonmark.node.HtmlBlock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Code, output and dialogues in the pages")
@Order(1) // with -Drefresh it writes the pages, and the other classes read what it wrote
class BlocksTest {

    /** These hold no claim that could be taken from a source: commands are run by .ci/run, diagrams are drawn by hand. */
    private static final Set<String> WITHOUT_SOURCE = Set.of("sh", "mermaid");

    /** What folds answers away until the reader opens them. */
    private static final Pattern FOLD = Pattern.compile("(</?details>|<summary>.*</summary>|\\s)*");

    @TestFactory
    Stream<DynamicTest> say_where_they_come_from() {
        return Page.each(page -> Stream.concat(
                page.blocks().stream()
                        .filter(block -> block.source().isEmpty() && needsSource(block))
                        .map(block -> block.place() + "needs a comment before it: " + Sources.KNOWN),
                page.all(HtmlBlock.class)
                        .filter(html -> !FOLD.matcher(html.getLiteral()).matches() && !Block.isComment(html))
                        .map(html -> page.placeOf(html) + "must stand right before a block, as " + Sources.KNOWN)));
    }

    private static boolean needsSource(Block block) {
        return block.language().equals(Block.TABLE)
                ? block.content().stream().anyMatch(BlocksTest::isOfResidueTable)
                : !WITHOUT_SOURCE.contains(block.language());
    }

    private static boolean isOfResidueTable(String line) {
        return Arrays.stream(ResidueColumn.values()).anyMatch(column -> line.startsWith("| " + column.title() + " |"));
    }

    @TestFactory
    Stream<DynamicContainer> say_what_their_source_says() {
        return Page.all().stream().map(page -> dynamicContainer(page.name(), testsOf(page)));
    }

    /** From the last block of the page, so that the places of the others stay when one is written anew. */
    private static Stream<DynamicTest> testsOf(Page page) {
        Sources sources = new Sources(page);
        List<Block> blocks = new ArrayList<>(page.blocks());
        blocks.removeIf(block -> block.source().isEmpty());
        Collections.reverse(blocks);
        return blocks.stream()
                .map(block -> dynamicTest(
                        block.source() + ": " + block.argument() + " (line " + block.begin() + ")",
                        () -> assertFresh(block, sources)));
    }

    private static void assertFresh(Block block, Sources sources) throws IOException {
        List<String> now = sources.lines(block);
        if (System.getProperty("refresh") != null) {
            write(block, now);
            return;
        }
        assertThat(String.join("\n", block.content()))
                .as(block.place() + "refresh it with mvn -q -pl lab/docs-check test -Drefresh")
                .isEqualTo(String.join("\n", now));
    }

    private static void write(Block block, List<String> now) throws IOException {
        List<String> lines = new ArrayList<>(Project.lines(block.page().name()));
        List<String> old = lines.subList(block.begin(), block.end());
        old.clear();
        now.forEach(line -> old.add(line.isEmpty() ? "" : block.indent() + line));
        Files.write(Project.path(block.page().name()), lines);
    }
}
