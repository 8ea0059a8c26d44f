package logout.docscheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.docscheck.Marker.Kind;
import org.commonmark.node.Code;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Commands in the pages")
class CommandsTest {

    /** The list in .ci/run: what is expected, a bar, the command. */
    private static final String LIST_BEGINS = "<<'END'";

    private static final String LIST_ENDS = "END";
    private static final Pattern LISTED = Pattern.compile("[^|]+\\| (.+)");

    private static final Pattern TO_TYPE = Pattern.compile("(mvn|java -jar|cd) .*");

    @TestFactory
    Stream<DynamicTest> are_run_by_the_build() {
        Set<String> run = commandsThatAreRun();
        return Page.each(page -> commands(page).stream()
                .filter(command -> !run.contains(form(command.text())))
                .map(command -> command.place() + ": nobody runs `" + command.text()
                        + "`. Write it as .ci/run has it, or add it there.")
                .toList());
    }

    private static Set<String> commandsThatAreRun() {
        Stream<String> byCi = Project.lines(".ci/run").stream()
                .dropWhile(line -> !line.endsWith(LIST_BEGINS))
                .takeWhile(line -> !line.equals(LIST_ENDS))
                .map(LISTED::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
        Stream<String> forTheirOutput = Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .map(Block::marker)
                .filter(marker -> marker != null && marker.kind() == Kind.OUTPUT)
                .map(Marker::argument);
        return Stream.concat(byCi, forTheirOutput).map(CommandsTest::form).collect(Collectors.toSet());
    }

    /** What is run for one stage or exercise is not run again for the others: nothing but the number differs. */
    private static String form(String command) {
        String anyFolder = Project.stageFolders().stream()
                .reduce(command, (text, folder) -> text.replaceAll("\\b" + folder + "(?![\\w-])", "STAGE"));
        return anyFolder.replaceAll("-D(stage|exercise)=\\d+\\b", "-D$1=N");
    }

    private static List<Command> commands(Page page) {
        List<Command> commands = new ArrayList<>();
        for (Block block : page.blocks()) {
            if (block.language().equals("sh")) {
                lines(block).forEach(line -> commands.add(new Command(line, block.place())));
            }
        }
        page.all(Code.class).stream()
                .filter(Page::isInTable)
                .filter(code -> TO_TYPE.matcher(code.getLiteral()).matches())
                .forEach(code -> commands.add(new Command(code.getLiteral(), page.placeOf(code))));
        return commands;
    }

    /** One command a line; a backslash at the end joins two, and a remark is left out. */
    private static List<String> lines(Block block) {
        return String.join("\n", block.content())
                .replaceAll(" *\\\\\n *", " ")
                .lines()
                .map(line -> line.replaceFirst("(^|\\s+)# .*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private record Command(String text, String place) {}
}
