package logout.systemtests.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.sidebyside.SideBySide;
import logout.systemtests.PostgreSql;
import logout.systemtests.Requests;
import logout.testing.ProgramProcess;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A server is killed in the middle of requests, and another one shares its PostgreSQL")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServerTest {

    private final String database = PostgreSql.freshAddress();
    private final Map<Logout, Sessions> all = new EnumMap<>(Logout.class);

    @BeforeAll
    void a_server_is_killed_while_it_has_requests_in_flight(@TempDir Path folder) {
        try (ProgramProcess killed = new ProgramProcess(folder)) {
            killed.run(SideBySide.class.getName(), "--port=0", "--database", database);
            for (Logout logout : Logout.values()) {
                URI address = killed.address("Stage " + logout.stage().number());
                all.put(logout, new Sessions(logout, address));
            }
            all.values().forEach(Sessions::lookAtRows);
            killed.kill();
            all.values().forEach(Sessions::assertThatNothingInFlightIsAnswered);
        }
    }

    @AfterAll
    void stop() {
        all.values().forEach(sessions -> sessions.survivor.close());
    }

    @ParameterizedTest
    @EnumSource
    void what_was_answered_has_happened_what_was_not_has_not_and_the_other_server_carries_on(Logout logout) {
        Sessions sessions = all.get(logout);

        sessions.assertLoggedOut(sessions.loggedOut);
        for (String alive : List.of(sessions.keptByTheKilled, sessions.saving, sessions.loggingOut)) {
            sessions.assertLoggedIn(alive);
            sessions.logOut(sessions.survivor.address(), alive);
            sessions.assertLoggedOut(alive);
        }
    }

    /** Sessions for one way to log out, each in its own state when the server was killed. */
    private final class Sessions {
        private final Requests requests;
        private final URI killed;
        private final RunningStage survivor;
        private final String keptByTheKilled;
        private final String saving;
        private final String loggingOut;
        private final String loggedOut;
        private final RawConnection save;
        private final RawConnection logout;
        private final RawConnection login;
        private List<StoredSession> rowsBefore;

        Sessions(Logout how, URI killed) {
            this.requests = new Requests(how);
            this.killed = killed;
            survivor = RunningStage.of(requests.stage()).on(database).start();
            keptByTheKilled = logInAndKeepNote(killed, requests.logInWithPassword());
            saving = logInAndKeepNote(survivor.address(), requests.logIn(null));
            loggingOut = logInAndKeepNote(survivor.address(), requests.logIn(null));
            loggedOut = logInAndKeepNote(survivor.address(), requests.logIn(null));

            logOut(killed, loggedOut);
            save = new RawConnection(killed).begin(requests.save(saving, "late"));
            logout = beginToLogOut();
            login = new RawConnection(killed).begin(requests.logInWithPassword());
        }

        /** As far as a request without a body goes: its head is not whole. */
        private RawConnection beginToLogOut() {
            RawRequest request = requests.logOut(loggingOut);
            String head = request.host(killed.getAuthority()).head();
            return request.body().isEmpty()
                    ? new RawConnection(killed).write(head.substring(0, head.length() - 2))
                    : new RawConnection(killed).begin(request);
        }

        void lookAtRows() {
            rowsBefore = survivor.rows();
            assertThat(rowsBefore).extracting(StoredSession::user).contains("ada");
        }

        void assertThatNothingInFlightIsAnswered() {
            for (RawConnection connection : new RawConnection[] {save, logout, login}) {
                try (connection) {
                    assertThatThrownBy(connection::reply).isInstanceOf(UncheckedIOException.class);
                }
            }
            assertThat(survivor.rows()).isEqualTo(rowsBefore);
        }

        private String logInAndKeepNote(URI address, RawRequest login) {
            String cookie =
                    requests.setCookies(RawConnection.exchange(address, login)).get(0);
            RawReply reply = RawConnection.exchange(address, requests.save(cookie, "milk"));
            assertThat(reply.status()).isEqualTo(requests.saved());
            return cookie;
        }

        private void logOut(URI address, String cookie) {
            RawReply reply = RawConnection.exchange(address, requests.logOut(cookie));
            assertThat(reply.status()).isEqualTo(requests.loggedOut());
        }

        private RawReply askTheSurvivor(String path, String cookie) {
            return RawConnection.exchange(survivor.address(), requests.get(path, cookie));
        }

        private void assertLoggedIn(String cookie) {
            assertThat(askTheSurvivor("/api/me", cookie).body()).isEqualTo("{\"user\":\"ada\"}");
            assertThat(askTheSurvivor("/api/note", cookie).body()).isEqualTo("{\"note\":\"milk\"}");
        }

        private void assertLoggedOut(String cookie) {
            assertThat(askTheSurvivor("/api/me", cookie).status()).isEqualTo(401);
            assertThat(survivor.row(cookie) != null).isEqualTo(requests.leavesTheRow());
        }
    }
}
