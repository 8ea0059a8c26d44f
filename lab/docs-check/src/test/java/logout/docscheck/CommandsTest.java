package logout.docscheck;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.Code;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Commands in the pages")
class CommandsTest {

    /** A line of the list in .ci/run: what is expected, a bar, the command. */
    private static final Pattern LISTED = Pattern.compile("(?m)^[^|#\\s][^|]+\\| (.+)$");

    private static final Pattern TO_TYPE = Pattern.compile("(mvn|java -jar|cd) .*");

    @TestFactory
    Stream<DynamicTest> are_run_by_the_build() {
        Set<String> run = Stream.concat(
                        LISTED.matcher(list()).results().map(listed -> listed.group(1)),
                        Page.all().stream()
                                .flatMap(page -> page.blocks().stream())
                                .filter(block -> block.source().equals("output of"))
                                .map(Block::argument))
                .map(CommandsTest::form)
                .collect(Collectors.toSet());
        return Page.each(page -> commands(page)
                .filter(command -> !run.contains(form(command)))
                .map(command -> "nobody runs `" + command + "`. Write it as .ci/run has it, or add it there."));
    }

    private static String list() {
        return Project.text(".ci/run").replaceFirst("(?s).*<<'END'\\n(.*?\\n)END\\n.*", "$1");
    }

    /** What is run for one stage or exercise is not run again for the others: nothing but the number differs. */
    private static String form(String command) {
        String anyFolder = Project.stageFolders().stream()
                .reduce(command, (text, folder) -> text.replaceAll("\\b" + folder + "(?![\\w-])", "STAGE"));
        return anyFolder.replaceAll("-D(stage|exercise)=\\d+\\b", "-D$1=N");
    }

    private static Stream<String> commands(Page page) {
        return Stream.concat(
                page.blocks().stream()
                        .filter(block -> block.language().equals("sh"))
                        .flatMap(CommandsTest::lines),
                page.all(TableBlock.class)
                        .flatMap(Page::withDescendants)
                        .filter(Code.class::isInstance)
                        .map(Page::plainText)
                        .filter(code -> TO_TYPE.matcher(code).matches()));
    }

    /** One command a line; a backslash at the end joins two, and a remark is left out. */
    private static Stream<String> lines(Block block) {
        return String.join("\n", block.content())
                .replaceAll(" *\\\\\n *", " ")
                .lines()
                .map(line -> line.replaceFirst("(^|\\s+)# .*", "").strip())
                .filter(line -> !line.isEmpty());
    }
}
