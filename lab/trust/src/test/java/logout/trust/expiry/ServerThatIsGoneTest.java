package logout.trust.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.panel.RowReader;
import logout.panel.StageWithPanel;
import logout.stage04.DestroySessionApp;
import logout.testing.Browser;
import logout.testing.QuickAccounts;
import logout.testing.SinglePage;
import logout.testing.Sql;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The expired rows of a server that is there no longer")
class ServerThatIsGoneTest {

    @Test
    void are_swept_away_by_any_other_server_as_soon_as_they_have_expired() throws SQLException {
        String address = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Database database = Database.at(address)) {
            logInAtAServerThatGoes(database);
            try (StageServer other = StageWithPanel.start(DestroySessionApp.STAGE, 0, database, QuickAccounts.ALL)
                    .server()) {
                assertThat(new RowReader(other.store()).count()).isEqualTo(1);
                other.store().sweep();
                assertThat(new RowReader(other.store()).count())
                        .as("while they may be used")
                        .isEqualTo(1);

                expire(address);
                other.store().sweep();

                assertThat(new RowReader(other.store()).count()).isZero();
            }
        }
    }

    private static void logInAtAServerThatGoes(Database database) {
        try (StageServer server = StageWithPanel.start(DestroySessionApp.STAGE, 0, database, QuickAccounts.ALL)
                .server()) {
            SinglePage.logIn(Browser.at(server)).then().statusCode(200);
        }
    }

    private static void expire(String address) {
        long aSecondAgo = System.currentTimeMillis() - 1_000;
        Sql.update(address, "UPDATE " + DestroySessionApp.STAGE.table() + " SET expiryTime = " + aSecondAgo);
    }
}
