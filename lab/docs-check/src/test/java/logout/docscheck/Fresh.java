package logout.docscheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.experiment.ResidueColumn;

/** What the marked blocks of one page should say, by their sources. */
final class Fresh {

    private static final Pattern STAGE = Pattern.compile("stage (\\d)");

    private static final Pattern GENERATED =
            Pattern.compile("(\\S+), refresh with: mvn -pl \\1 test -Dtest=(\\w+) -Drefresh");

    /** The headings, the line below them, and what the routes do. */
    private static final int LINES_BEFORE_ANSWERS = 3;

    /** A line of a residue table. Kept are its title and the cells of what the lesson predicts: stage 1's two logouts, stage 3's. */
    private static final Pattern LINE = Pattern.compile("(\\|[^|]*)(\\|[^|]*)(\\|[^|]*)\\|[^|]*(\\|[^|]*)\\|[^|]*\\|");

    /** What the lesson predicts, by the line's title: of stage 3 the cookie alone. */
    private static final Map<String, String> PREDICTED = Map.of(
            ResidueColumn.COOKIE.title(), "$1| | | |",
            ResidueColumn.OLD_ROW.title(), "$1| | | – |",
            ResidueColumn.REPLAY.title(), "$1| | | – |");

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

    /** The part of a residue table that the lesson predicts, to fill in: the logouts stay, what they leave behind goes. */
    private static List<String> withoutAnswers(List<String> table) {
        List<String> lines = new ArrayList<>();
        for (String line : table) {
            String title = line.split("\\|")[1].strip();
            String kept = lines.size() < LINES_BEFORE_ANSWERS ? "$1$2$3$4|" : PREDICTED.get(title);
            if (kept != null) {
                lines.add(LINE.matcher(line).replaceFirst(kept));
            }
        }
        return lines;
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
