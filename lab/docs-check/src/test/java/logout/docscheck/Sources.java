package logout.docscheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the blocks of one page should say, by the sources that they name. */
final class Sources {

    static final String KNOWN =
            "<!-- code: FILE tag: NAME -->, <!-- output of: COMMAND -->, <!-- questions of: COMMAND -->,"
                    + " <!-- session with: stage N -->, <!-- on Express: TABLE --> or <!-- generated from: … -->";

    private static final Pattern GENERATED =
            Pattern.compile("(\\S+), refresh with: mvn -pl \\1 test -Dtest=(\\w+) -Drefresh");

    private static final Pattern LINE_OF_A_TAG = Pattern.compile("(?m)^.*\\b(tag|end)::[\\w-]+\\[].*\\n?");

    private final Page page;
    private final Map<String, List<List<String>>> sessions = new HashMap<>();

    Sources(Page page) {
        this.page = page;
    }

    /** The lines that the block should have, without blanks at their ends: no page has those. */
    List<String> lines(Block block) {
        String argument = block.argument();
        List<String> shown = block.content();
        List<String> lines = switch (block.source()) {
            case "code" -> code(argument);
            case "output of" -> CommandOutput.lines(argument, shown);
            case "questions of" -> questions(shown, CommandOutput.lines(argument, shown));
            case "session with" -> session(block);
            case "on Express" -> ExpressTables.lines(argument);
            case "generated from" -> heldElsewhere(argument, shown);
            default -> throw new AssertionError(block.place() + "there is no such source; there are " + KNOWN);
        };
        return lines.stream().map(String::stripTrailing).toList();
    }

    /** A file, or the lines between two tags in it, without tags and without the indentation that all lines have. */
    private static List<String> code(String argument) {
        String[] parts = argument.split("\\s+tag:\\s+");
        String text = Project.text(parts[0]);
        if (parts.length > 1) {
            Matcher tagged = Pattern.compile(
                            "(?s)\\btag::" + parts[1] + "\\[].*?\\n(.*\\n).*?\\bend::" + parts[1] + "\\[]")
                    .matcher(text);
            assertThat(tagged.find()).as("there is a tag " + argument).isTrue();
            text = tagged.group(1);
        }
        return LINE_OF_A_TAG
                .matcher(text)
                .replaceAll("")
                .stripTrailing()
                .stripIndent()
                .lines()
                .toList();
    }

    /** The block as it is, where each line of it is one of the table, with some cells left out or left to the reader. */
    private static List<String> questions(List<String> shown, List<String> table) {
        for (String line : shown) {
            assertThat(table).as(line).anySatisfy(row -> assertThat(cells(row)).containsSubsequence(cells(line)));
        }
        return shown;
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split("\\|"))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty() && !cell.equals("–"))
                .toList();
    }

    /** All dialogues of a page with one stage are one: they share its store, and their folder with its cookie jar. */
    private List<String> session(Block block) {
        List<Block> together = page.blocks().stream()
                .filter(other -> other.source().equals(block.source())
                        && other.argument().equals(block.argument()))
                .toList();
        return sessions.computeIfAbsent(
                        block.argument(),
                        stage -> ConsoleSession.run(
                                stage, together.stream().map(Block::content).toList()))
                .get(together.indexOf(block));
    }

    /** The block as it is: a test elsewhere compares it with its source. That test must be there, and name this page. */
    private List<String> heldElsewhere(String argument, List<String> shown) {
        Matcher matcher = GENERATED.matcher(argument);
        assertThat(matcher.matches()).as(argument + " matches " + GENERATED).isTrue();
        assertThat(Project.filesBelow(matcher.group(1), "/" + matcher.group(2) + ".java"))
                .singleElement()
                .satisfies(test -> assertThat(Project.text(test)).contains(page.name()));
        return shown;
    }
}
