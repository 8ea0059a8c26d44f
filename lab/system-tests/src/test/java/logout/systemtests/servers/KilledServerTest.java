package logout.systemtests.servers;

import static logout.testing.RawConnection.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.stage04.DestroySessionApp;
import logout.systemtests.PostgreSql;
import logout.systemtests.Requests;
import logout.testing.ProgramProcess;
import logout.testing.RawConnection;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server is killed in the middle of requests, and another one shares its PostgreSQL")
class KilledServerTest {

    private final Requests requests = new Requests(Logout.STAGE_4);

    @Test
    void what_was_answered_has_happened_what_was_not_has_not_and_the_other_server_carries_on(@TempDir Path folder) {
        String database = PostgreSql.freshAddress();
        try (ProgramProcess program = new ProgramProcess(folder);
                RunningStage survivor =
                        RunningStage.of(DestroySessionApp.STAGE).on(database).start()) {
            program.run(DestroySessionApp.class.getName(), "--port=0", "--no-watch", "--database", database);
            URI killed = program.address("Stage 4");
            URI other = survivor.address();
            String kept = requests.logInAndKeepNote(killed);
            String saving = requests.logInAndKeepNote(other);
            String loggingOut = requests.logInAndKeepNote(other);
            String loggedOut = requests.logInAndKeepNote(other);
            logOut(killed, loggedOut);
            List<RawConnection> inFlight = Stream.of(
                            requests.save(saving, "late"), requests.logOut(loggingOut), requests.logIn(null))
                    .map(request -> new RawConnection(killed).begin(request))
                    .toList();
            List<StoredSession> rows = survivor.rows();
            assertThat(rows).extracting(StoredSession::id).containsExactlyInAnyOrder(kept, saving, loggingOut);

            program.kill();

            assertThat(inFlight)
                    .allSatisfy(connection ->
                            assertThatThrownBy(connection::reply).isInstanceOf(UncheckedIOException.class));
            assertThat(survivor.rows()).isEqualTo(rows);
            assertThat(requests.isLoggedIn(other, loggedOut)).isFalse();
            for (String alive : List.of(kept, saving, loggingOut)) {
                assertThat(requests.isLoggedIn(other, alive)).isTrue();
                assertThat(exchange(other, requests.get("/api/note", alive)).body())
                        .isEqualTo("{\"note\":\"milk\"}");
                logOut(other, alive);
                assertThat(requests.isLoggedIn(other, alive)).isFalse();
            }
            assertThat(survivor.rows()).isEmpty();
        }
    }

    private void logOut(URI server, String cookie) {
        assertThat(exchange(server, requests.logOut(cookie)).status()).isEqualTo(requests.loggedOut());
    }
}
