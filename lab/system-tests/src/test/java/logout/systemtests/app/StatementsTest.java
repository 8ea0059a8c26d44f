package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import logout.app.session.Database;
import logout.launcher.StageWithPanel;
import logout.stage04.DestroySessionApp;
import logout.testing.Browser;
import logout.testing.QuickAccounts;
import logout.testing.SinglePage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stage 4 asks of its database, with the lab panel beside it: H2 itself counts. */
class StatementsTest {

    private final String address = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Database database = Database.at(address);
    private StageWithPanel stage;
    private Browser browser;

    @BeforeEach
    void logIn() throws SQLException {
        stage = StageWithPanel.start(DestroySessionApp.STAGE, 0, database, QuickAccounts.ALL);
        browser = Browser.at(stage.server());
        SinglePage.logIn(browser).then().statusCode(200);
        browser.panel();
        update("SET QUERY_STATISTICS TRUE");
    }

    @AfterEach
    void stop() {
        stage.close();
        database.close();
    }

    @Test
    void a_logout_reads_the_row_and_deletes_it_and_the_panel_looks_once() throws SQLException {
        browser.post("/api/logout").then().statusCode(204);

        assertThat(statements()).containsExactly("DELETE", "SELECT", "SELECT");
        assertThat(browser.panel().list("logout.recorded").get(0).list("events").stream()
                        .map(event -> event.text("what")))
                .as("what is drawn: all but the panel's own look")
                .containsExactly("request", "read", "delete", "set", "reply");
    }

    @Test
    void keeping_a_note_reads_the_row_and_updates_it() throws SQLException {
        SinglePage.keepNote(browser, "buy milk");

        assertThat(statements()).containsExactly("SELECT", "UPDATE");
    }

    @Test
    void asking_who_is_logged_in_reads_the_row() throws SQLException {
        browser.get("/api/me").then().statusCode(200);

        assertThat(statements()).containsExactly("SELECT");
    }

    /** The first word of each statement on the stage's table, as often as it was executed. */
    private List<String> statements() throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT sql_statement, execution_count FROM INFORMATION_SCHEMA.QUERY_STATISTICS")) {
            while (result.next()) {
                String sql = result.getString(1);
                if (sql.contains(DestroySessionApp.STAGE.table())) {
                    counts.merge(sql.split(" ", 2)[0].toUpperCase(Locale.ROOT), result.getInt(2), Integer::sum);
                }
            }
        }
        List<String> words = new ArrayList<>();
        counts.forEach((word, count) -> words.addAll(Collections.nCopies(count, word)));
        return words;
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
