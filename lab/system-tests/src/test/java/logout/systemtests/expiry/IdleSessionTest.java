package logout.systemtests.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import logout.experiment.StoredSession;
import logout.systemtests.AllLogouts;
import logout.testing.RawReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@DisplayName("A session that nobody uses for half an hour")
class IdleSessionTest extends AllLogouts {

    @Test
    @Order(1)
    void lets_nobody_in_while_its_row_is_still_there() {
        stage.letSessionsRunOut();
        for (String path : paths()) {
            // A copy of the row, for the first request with it is its end.
            String copy = "copy" + path.replace('/', '-');
            stage.addRow(copy, Instant.now());
            assertThat(stage.row(copy).note()).isEqualTo("milk");

            assertShowsNothing(path, copy);

            assertThat(stage.row(copy)).as("after %s", path).isNull();
        }
    }

    @Test
    @Order(2)
    void loses_its_row_to_the_sweep_of_any_server_and_gets_a_new_one_with_the_next_login_and_not_before() {
        other.sweep();
        assertThat(stage.rows()).as("while it may be used").hasSize(1);
        stage.letSessionsRunOut();

        other.sweep();

        assertThat(stage.rows()).isEmpty();
        paths().forEach(path -> assertShowsNothing(path, ada));
        assertThat(stage.rows()).isEmpty();
        assertThat(newCookie(exchange(stage, requests.logIn(ada)))).isNotEqualTo(ada);
        assertThat(stage.rows()).hasSize(1);
    }

    @Test
    @Order(3)
    void can_be_logged_out_of_as_if_it_were_there_and_no_row_comes_of_it() {
        stage.letSessionsRunOut();

        logOut();

        assertThat(stage.rows()).isEmpty();
    }

    @Test
    @Order(4)
    void takes_no_session_with_it_that_is_in_use() {
        stage.letSessionsRunOut();
        String later = logInAndKeepNote();

        stage.sweep();

        assertThat(stage.rows()).extracting(StoredSession::id).containsExactly(later);
        assertLoggedIn(later);
    }

    /** Where a user sees something personal. */
    private List<String> paths() {
        return List.of("/api/me", "/api/note", logout.onPlainSite() ? "/profile" : "/");
    }

    private void assertShowsNothing(String path, String cookie) {
        RawReply reply = exchange(stage, requests.get(path, cookie));
        int status = Map.of("/api/me", 401, "/profile", 302).getOrDefault(path, 200);
        assertThat(reply.status()).as(path).isEqualTo(status);
        assertThat(reply.body()).doesNotContain("id=\"who\">ada").doesNotContain("milk");
        assertThat(reply.headers("Set-Cookie")).as("set by %s", path).isEmpty();
    }
}
