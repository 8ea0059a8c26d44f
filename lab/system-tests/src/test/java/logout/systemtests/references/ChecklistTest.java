package logout.systemtests.references;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import logout.sidebyside.Logout;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The checklist in docs/checklist.md")
class ChecklistTest {

    private static final Path PAGE = Path.of("../../docs/checklist.md");
    private static final String REFRESH = "mvn -pl lab/system-tests test -Dtest=ChecklistTest -Drefresh";
    private static final String MARKER = "<!-- generated from: lab/system-tests, refresh with: " + REFRESH + " -->\n";

    @Test
    void has_the_table_that_the_tests_compare_with_what_they_see() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).as("the mark of the table").contains(MARKER);
        int begin = page.indexOf(MARKER) + MARKER.length();
        int end = page.indexOf("\n\n", begin) + 1;
        if (System.getProperty("refresh") != null) {
            Files.writeString(PAGE, page.substring(0, begin) + ChecklistTable.asMarkdown() + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end)).as("Refresh it with: " + REFRESH).isEqualTo(ChecklistTable.asMarkdown());
    }

    @Test
    void has_a_test_for_each_of_its_conditions() {
        assertThat(Arrays.stream(ReferencesTest.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(OfEachLogout.class))
                        .map(method -> method.getName()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Condition.values())
                        .map(Condition::testName)
                        .toList());
    }

    @Test
    void says_of_stage_4_that_it_meets_all_that_applies() {
        assertThat(Condition.values())
                .allSatisfy(condition -> assertThat(ReferencesTable.verdict(condition, Logout.STAGE_4))
                        .isEqualTo(Verdict.MEETS));
    }
}
