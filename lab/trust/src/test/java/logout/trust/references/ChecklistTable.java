package logout.trust.references;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import logout.sidebyside.Logout;

/** The {@link ReferencesTable} as the page docs/checklist.md has it: in Markdown, each cell with a link to its test. */
final class ChecklistTable {

    private static final String TEST =
            "../lab/trust/src/test/java/" + ReferencesTest.class.getName().replace('.', '/') + ".java#";

    private ChecklistTable() {}

    /** The table, with a line break at its end. */
    static String asMarkdown() {
        StringBuilder table = new StringBuilder();
        table.append(
                line("", logout -> "%d `%s %s`".formatted(logout.stage().number(), logout.method(), logout.path())));
        table.append(line("---", logout -> "---"));
        for (Condition condition : Condition.values()) {
            table.append(line(linkToParagraph(condition), logout -> linkToTest(condition, logout)));
        }
        return table.toString();
    }

    private static String line(String first, Function<Logout, String> cell) {
        String cells = Arrays.stream(Logout.values()).map(cell).collect(Collectors.joining(" | "));
        return (first.isEmpty() ? "| | " : "| " + first + " | ") + cells + " |\n";
    }

    private static String linkToParagraph(Condition condition) {
        String anchor = condition
                .title()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
        return "[%1$d. %2$s](#%1$d-%3$s)".formatted(condition.number(), condition.title(), anchor);
    }

    private static String linkToTest(Condition condition, Logout logout) {
        String words = ReferencesTable.verdict(condition, logout).inWords();
        return "[" + words + "](" + TEST + condition.testName() + ")";
    }
}
