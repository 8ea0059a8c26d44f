package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import logout.stage04.DestroySessionApp;
import logout.testing.Browser;
import logout.testing.RunningStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stage 4 asks of its database, with the lab panel beside it: H2 itself counts. */
class StatementsTest {

    /** The first word of each statement on the stage's table, and how often it was executed. */
    private static final String COUNTS = """
            SELECT LISTAGG(word || ' ' || times, ', ') WITHIN GROUP (ORDER BY word) FROM
              (SELECT word, SUM(execution_count) AS times FROM
                (SELECT REGEXP_SUBSTR(UPPER(sql_statement), '[A-Z]+') AS word, execution_count
                  FROM INFORMATION_SCHEMA.QUERY_STATISTICS WHERE sql_statement LIKE '%%%s%%')
                GROUP BY word)""";

    @RegisterExtension
    final RunningStage stage = RunningStage.of(DestroySessionApp.STAGE);

    private Browser browser;

    @BeforeEach
    void logIn() {
        browser = stage.newBrowser().logIn();
        browser.panel();
        stage.update("SET QUERY_STATISTICS TRUE");
    }

    @Test
    void a_logout_reads_the_row_and_deletes_it_and_the_panel_looks_once() {
        browser.post("/api/logout").then().statusCode(204);

        assertThat(statements()).isEqualTo("DELETE 1, SELECT 2");
        assertThat(browser.panel().list("logout.recorded").get(0).list("events").stream()
                        .map(event -> event.text("what")))
                .as("what is drawn: all but the panel's own look")
                .containsExactly("request", "read", "delete", "set", "reply");
    }

    @Test
    void keeping_a_note_reads_the_row_and_updates_it() {
        browser.keepNote("buy milk");

        assertThat(statements()).isEqualTo("SELECT 1, UPDATE 1");
    }

    @Test
    void asking_who_is_logged_in_reads_the_row() {
        assertThat(browser.user()).isEqualTo("ada");

        assertThat(statements()).isEqualTo("SELECT 1");
    }

    private String statements() {
        return stage.ask(COUNTS, DestroySessionApp.STAGE.table());
    }
}
