package logout.systemtests.references;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import logout.sidebyside.Logout;

/** The {@link ReferencesTable} as the page docs/checklist.md has it: in Markdown, each row with a link to its test. */
final class ChecklistTable {

    private static final String TEST = "../lab/system-tests/src/test/java/"
            + ReferencesTest.class.getName().replace('.', '/') + ".java#";

    private ChecklistTable() {}

    /** The table, with a line break at its end. */
    static String asMarkdown() {
        StringBuilder table = new StringBuilder();
        table.append(
                line("", logout -> "%d `%s %s`".formatted(logout.stage().number(), logout.method(), logout.path())));
        table.append(line("---", logout -> "---"));
        for (Condition condition : Condition.values()) {
            table.append(line(
                    linkToTest(condition),
                    logout -> ReferencesTable.verdict(condition, logout).inWords()));
        }
        return table.toString();
    }

    private static String line(String first, Function<Logout, String> cell) {
        String cells = Arrays.stream(Logout.values()).map(cell).collect(Collectors.joining(" | "));
        return (first.isEmpty() ? "| | " : "| " + first + " | ") + cells + " |\n";
    }

    private static String linkToTest(Condition condition) {
        return "[%d. %s](%s%s)".formatted(condition.number(), condition.title(), TEST, condition.testName());
    }
}
