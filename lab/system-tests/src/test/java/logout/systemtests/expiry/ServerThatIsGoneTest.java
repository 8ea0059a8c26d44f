package logout.systemtests.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import logout.stage04.DestroySessionApp;
import logout.testing.RunningStage;
import logout.testing.SinglePage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The expired rows of a server that is there no longer")
class ServerThatIsGoneTest {

    @Test
    void are_swept_away_by_any_other_server_as_soon_as_they_have_expired() {
        try (RunningStage other = RunningStage.of(DestroySessionApp.STAGE).start()) {
            logInAtAServerThatGoes(other.databaseAddress());
            assertThat(other.rows()).hasSize(1);
            other.sweep();
            assertThat(other.rows()).as("while they may be used").hasSize(1);

            other.letSessionsRunOut();
            other.sweep();

            assertThat(other.rows()).isEmpty();
        }
    }

    private static void logInAtAServerThatGoes(String databaseAddress) {
        try (RunningStage server =
                RunningStage.of(DestroySessionApp.STAGE).on(databaseAddress).start()) {
            SinglePage.logIn(server.newBrowser()).then().statusCode(200);
        }
    }
}
