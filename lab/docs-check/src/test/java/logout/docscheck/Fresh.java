package logout.docscheck;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the marked blocks of one page should say, by their sources. */
final class Fresh {

    private static final Pattern STAGE = Pattern.compile("stage (\\d)");

    private static final Pattern GENERATED =
            Pattern.compile("(\\S+), refresh with: mvn -pl \\1 test -Dtest=(\\w+) -Drefresh");

    /** The headings, the line below them, and what the routes do. */
    private static final int LINES_BEFORE_ANSWERS = 3;

    /** All cells of a line but the first. */
    private static final Pattern ANSWER = Pattern.compile("(?<=.\\|)[^|]+");

    private final Page page;
    private final Map<String, List<List<String>>> sessions = new HashMap<>();

    Fresh(Page page) {
        this.page = page;
    }

    /** The lines that the block should have, without blanks at their ends: no page has those. */
    List<String> lines(Block block) {
        return bySource(block).stream().map(String::stripTrailing).toList();
    }

    private List<String> bySource(Block block) {
        Marker marker = block.marker();
        return switch (marker.kind()) {
            case CODE -> SourceCode.lines(marker.argument());
            case OUTPUT -> CommandOutput.lines(marker.argument(), block.content());
            case QUESTIONS -> withoutAnswers(CommandOutput.lines(marker.argument(), block.content()));
            case SESSION -> session(block);
            case EXPRESS -> ExpressTables.lines(marker.argument());
            case NOT_OURS -> block.content();
            case GENERATED -> heldElsewhere(block);
        };
    }

    /** A residue table to fill in: who logs out in which way stays, what is left behind goes. */
    private static List<String> withoutAnswers(List<String> table) {
        return IntStream.range(0, table.size())
                .mapToObj(i -> i < LINES_BEFORE_ANSWERS
                        ? table.get(i)
                        : ANSWER.matcher(table.get(i)).replaceAll(" "))
                .toList();
    }

    /** The block as it is: a test elsewhere compares it with its source. That test must be there, and name this page. */
    private List<String> heldElsewhere(Block block) {
        Matcher matcher = GENERATED.matcher(block.marker().argument());
        boolean isHeld = matcher.matches()
                && Project.filesBelow(matcher.group(1), "/" + matcher.group(2) + ".java").stream()
                        .anyMatch(test -> String.join("\n", Project.lines(test)).contains(page.name()));
        if (!isHeld) {
            throw new AssertionError("the marker must read `generated from: MODULE, refresh with: mvn -pl MODULE test"
                    + " -Dtest=NAME -Drefresh`, where the test NAME compares " + page.name() + " with its source");
        }
        return block.content();
    }

    /** All dialogues of a page with one stage are one: they share its store, and their folder with its cookie jar. */
    private List<String> session(Block block) {
        List<Block> together = page.blocks().stream()
                .filter(other -> block.marker().equals(other.marker()))
                .toList();
        return sessions.computeIfAbsent(
                        block.marker().argument(),
                        argument -> ConsoleSession.run(
                                stageNumber(argument),
                                together.stream().map(Block::content).toList()))
                .get(together.indexOf(block));
    }

    private static int stageNumber(String argument) {
        Matcher matcher = STAGE.matcher(argument);
        if (!matcher.matches()) {
            throw new AssertionError("the marker must read `session with: stage N`, not `" + argument + "`");
        }
        return Integer.parseInt(matcher.group(1));
    }
}
