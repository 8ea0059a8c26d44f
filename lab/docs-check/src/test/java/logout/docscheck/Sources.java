package logout.docscheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the blocks of one page should say, by the sources that they name. */
final class Sources {

    static final String KNOWN =
            "<!-- code: FILE tag: NAME -->, <!-- output of: COMMAND -->, <!-- questions of: COMMAND -->,"
                    + " <!-- conditions on: COMMAND -->, <!-- session with: stage N --> or <!-- on Express: TABLE -->";

    /** What the conditions of the checklist ask of the residue table: by its lines, what has to stand there. */
    private static final Map<String, Map<String, String>> CONDITIONS = Map.of(
            "1. The old id is dead",
            Map.of("replay of the old cookie", "nothing"),
            "2. The row is gone, and no new one is there",
            Map.of("old row in the store", "gone", "new row in the store", "none"),
            "3. One Set-Cookie, and it is the deletion",
            Map.of("Set-Cookie for the session cookie", "one: the deletion"),
            "4. The browser holds no session cookie",
            Map.of("cookie in the browser", "gone"),
            "6. Only the user can log the user out",
            Map.of("another site can log the user out", "no"),
            "13. A request in flight revives nothing",
            Map.of("a save in flight during logout brings the user back", "no"));

    private static final Pattern LINE_OF_A_TAG = Pattern.compile("(?m)^.*\\b(tag|end)::[\\w-]+\\[].*\\n?");

    private final Page page;
    private final Map<String, List<List<String>>> sessions = new HashMap<>();

    Sources(Page page) {
        this.page = page;
    }

    /** The lines that the block should have, without blanks at their ends: no page has those. */
    List<String> lines(Block block) throws IOException {
        String argument = block.argument();
        List<String> shown = block.content();
        List<String> lines = switch (block.source()) {
            case "code" -> code(argument);
            case "output of" -> CommandOutput.lines(argument, shown);
            case "questions of" -> questions(shown, CommandOutput.lines(argument, shown));
            case "conditions on" -> conditions(shown, CommandOutput.lines(argument, shown));
            case "session with" -> session(block);
            case "on Express" -> ExpressTables.lines(argument);
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

    /** The heading of the table, and for each condition what the logouts make of it. The last of them meets all. */
    private static List<String> conditions(List<String> shown, List<String> table) {
        List<String> names =
                shown.stream().skip(2).map(line -> cells(line).get(0)).toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(CONDITIONS.keySet());
        List<String> verdicts =
                names.stream().map(name -> condition(name, table)).toList();
        assertThat(verdicts).allMatch(line -> line.endsWith("| yes |"));
        return Stream.concat(table.stream().limit(2), verdicts.stream()).toList();
    }

    private static String condition(String name, List<String> table) {
        Map<String, String> asked = CONDITIONS.get(name);
        List<List<String>> rows = table.stream()
                .map(Sources::cells)
                .filter(row -> asked.containsKey(row.get(0)))
                .toList();
        assertThat(rows).as(name).hasSameSizeAs(asked.keySet());
        return IntStream.range(1, rows.get(0).size())
                .mapToObj(logout -> rows.stream()
                        .filter(row -> !row.get(logout).equals(asked.get(row.get(0))))
                        .map(row -> (rows.size() == 1 ? "" : row.get(0) + ": ") + row.get(logout))
                        .collect(Collectors.joining("; ")))
                .map(Sources::verdict)
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |"));
    }

    private static String verdict(String faults) {
        return switch (faults) {
            case "" -> "yes";
            // That line asks whether the fault is there.
            case "yes" -> "no";
            default -> "no: " + faults.replace("yes, ", "");
        };
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
}
