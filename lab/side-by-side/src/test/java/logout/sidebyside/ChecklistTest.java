package logout.sidebyside;

import static logout.experiment.ResidueColumn.COOKIE;
import static logout.experiment.ResidueColumn.FOREIGN_LINK;
import static logout.experiment.ResidueColumn.NEW_ROW;
import static logout.experiment.ResidueColumn.OLD_ROW;
import static logout.experiment.ResidueColumn.REPLAY;
import static logout.experiment.ResidueColumn.SAVE_IN_FLIGHT;
import static logout.experiment.ResidueColumn.SET_COOKIE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.ResidueColumn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Says of the residue, as the README has it and as SideBySideTest compares it with a run, what each condition makes of it. */
@DisplayName("The checklist in docs/checklist.md")
class ChecklistTest {

    private static final Path PAGE = Path.of("../../docs/checklist.md");
    private static final String REFRESH = "mvn -pl lab/side-by-side test -Dtest=ChecklistTest -Drefresh";
    private static final String MARKER = "<!-- generated from: lab/side-by-side, refresh with: " + REFRESH + " -->\n";

    @Test
    void has_what_the_conditions_make_of_the_residue() throws IOException {
        String table = line("", logout -> "%d `%s`".formatted(logout.stage().number(), logout.call()))
                + line("---", logout -> "---")
                + condition("1. The old id is dead", Map.of(REPLAY, "nothing"))
                + condition("2. The row is gone, and no new one is there", Map.of(OLD_ROW, "gone", NEW_ROW, "none"))
                + condition("3. One Set-Cookie, and it is the deletion", Map.of(SET_COOKIE, "one: the deletion"))
                + condition("4. The browser holds no session cookie", Map.of(COOKIE, "gone"))
                + condition("6. Only the user can log the user out", Map.of(FOREIGN_LINK, "no"))
                + condition("13. A request in flight revives nothing", Map.of(SAVE_IN_FLIGHT, "no"));
        assertThat(table.lines().skip(2)).as("stage 4 meets each").allMatch(line -> line.endsWith("| yes |"));
        String page = Files.readString(PAGE);
        assertThat(page).as("the mark of the table").contains(MARKER);
        int begin = page.indexOf(MARKER) + MARKER.length();
        int end = page.indexOf("\n\n", begin) + 1;
        if (System.getProperty("refresh") != null) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end)).as("Refresh it with: " + REFRESH).isEqualTo(table);
    }

    private static String condition(String title, Map<ResidueColumn, String> met) {
        return line(title, logout -> {
            Map<String, String> residue = ReadmeTable.ofTheReadme().column(logout);
            String faults = Stream.of(ResidueColumn.values())
                    .filter(column ->
                            met.containsKey(column) && !met.get(column).equals(residue.get(column.title())))
                    .map(column -> (met.size() == 1 ? "" : column.title() + ": ") + residue.get(column.title()))
                    .collect(Collectors.joining("; "));
            return switch (faults) {
                case "" -> "yes";
                // The column asks whether the fault is there.
                case "yes" -> "no";
                default -> "no: " + faults.replace("yes, ", "");
            };
        });
    }

    private static String line(String first, Function<Logout, String> cell) {
        return Stream.of(Logout.values()).map(cell).collect(Collectors.joining(" | ", "| " + first + " | ", " |\n"));
    }
}
