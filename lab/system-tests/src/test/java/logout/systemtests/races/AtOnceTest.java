package logout.systemtests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import logout.experiment.CookieJar;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.systemtests.LockedRow;
import logout.systemtests.PostgreSql;
import logout.systemtests.Requests;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Two logouts at once, and a login and a logout at once")
@ParameterizedClass
@MethodSource("logoutsOnBothDatabases")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AtOnceTest {

    @Parameter(0)
    Logout logout;

    @Parameter(1)
    String database;

    @AutoClose
    private RunningStage stage;

    private Requests requests;
    private String ada;

    static Stream<Arguments> logoutsOnBothDatabases() {
        return Stream.of(Logout.values())
                .flatMap(logout -> Stream.of("H2", "PostgreSQL").map(database -> Arguments.of(logout, database)));
    }

    @BeforeParameterizedClassInvocation
    void start() {
        requests = new Requests(logout);
        stage = RunningStage.of(requests.stage())
                .on(database.equals("H2") ? LockedRow.freshH2() : PostgreSql.freshAddress())
                .start();
    }

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        stage.empty();
        ada = newCookie(exchange(requests.logIn(null)));
        assertThat(exchange(requests.save(ada, "milk")).status()).isEqualTo(requests.saved());
        assertThat(stage.row(ada).user()).isEqualTo("ada");
    }

    @Test
    @Order(1)
    void two_logouts_that_wait_for_the_same_row_both_end_it_and_each_leaves_what_one_leaves() {
        try (RawConnection one = new RawConnection(stage.address());
                RawConnection other = new RawConnection(stage.address())) {
            try (LockedRow row = LockedRow.of(stage, ada)) {
                one.send(requests.logOut(ada));
                other.send(requests.logOut(ada));
                row.awaitWaiting(2);
                assertThat(one.hasReply() || other.hasReply()).isFalse();
            }
            List<RawReply> replies = List.of(one.reply(), other.reply());

            assertThat(replies).extracting(RawReply::status).containsOnly(requests.loggedOut());
            assertAdaIsOut();
            assertThat(stage.rows())
                    .extracting(StoredSession::id)
                    .containsExactlyInAnyOrderElementsOf(requests.idsLeftBy(ada, replies));
        }
    }

    @Test
    @Order(2)
    void a_logout_during_a_login_in_the_same_browser_leaves_the_new_session_alone() {
        RawRequest login = requests.logIn(ada);
        try (RawConnection slow = new RawConnection(stage.address()).begin(login)) {
            assertThat(exchange(requests.logOut(ada)).status()).isEqualTo(requests.loggedOut());
            assertAdaIsOut();

            String fresh = newCookie(slow.write(login.body()).reply());

            assertLoggedInAnew(fresh);
        }
    }

    @Test
    @Order(3)
    void a_login_in_the_same_browser_while_a_logout_waits_leaves_the_new_session_alone() {
        try (RawConnection logoutConnection = new RawConnection(stage.address());
                RawConnection loginConnection = new RawConnection(stage.address())) {
            try (LockedRow row = LockedRow.of(stage, ada)) {
                logoutConnection.send(requests.logOut(ada));
                row.awaitWaiting(1);
                loginConnection.send(requests.logIn(ada));
                row.awaitWaiting(2);
            }
            String fresh = newCookie(loginConnection.reply());

            // A logout that would change the row finds it gone if the login comes first, and says so.
            int status = logoutConnection.reply().status();
            assertThat(status).isIn(requests.loggedOut(), requests.leavesTheRow() ? 401 : requests.loggedOut());
            assertLoggedInAnew(fresh);
        }
    }

    @Test
    @Order(4)
    void two_logins_at_once_in_the_same_browser_are_two_sessions_and_the_old_one_is_gone() {
        RawRequest login = requests.logIn(ada);
        try (RawConnection one = new RawConnection(stage.address()).begin(login);
                RawConnection other = new RawConnection(stage.address()).begin(login)) {
            one.write(login.body());
            other.write(login.body());
            String first = newCookie(one.reply());
            String second = newCookie(other.reply());

            assertThat(first).isNotEqualTo(second);
            assertLoggedInAnew(first);
            assertLoggedInAnew(second);
            assertThat(stage.rows()).hasSize(2);
        }
    }

    /** The browser keeps what the replies set in the order in which they come. A deletion names a cookie, not a session. */
    @Test
    @Order(5)
    void a_login_that_overtakes_the_reply_of_a_logout_loses_its_cookie_where_that_reply_sets_one() {
        RawReply logoutReply = exchange(requests.logOut(ada));
        RawReply loginReply = exchange(requests.logIn(ada));
        String fresh = newCookie(loginReply);
        assertLoggedInAnew(fresh);

        CookieJar browser = new CookieJar();
        browser.keep(stage.address(), loginReply.headers("Set-Cookie"));
        browser.keep(stage.address(), logoutReply.headers("Set-Cookie"));

        String held =
                browser.value(stage.address(), stage.stage().sessionCookie().name());
        if (requests.leavesTheRow()) {
            assertThat(held).isEqualTo(fresh);
        } else {
            assertThat(held).isNotEqualTo(fresh);
            assertThat(stage.row(fresh).user()).as("the session of the login").isEqualTo("ada");
        }
    }

    private void assertAdaIsOut() {
        assertThat(exchange(requests.get("/api/me", ada)).status()).isEqualTo(401);
        assertThat(stage.rows()).extracting(StoredSession::user).doesNotContain("ada");
        assertThat(stage.row(ada) != null).isEqualTo(requests.leavesTheRow());
    }

    private void assertLoggedInAnew(String fresh) {
        assertThat(exchange(requests.get("/api/me", fresh)).status()).isEqualTo(200);
        assertThat(stage.row(fresh).note()).isNull();
        assertThat(exchange(requests.get("/api/me", ada)).status()).isEqualTo(401);
        assertThat(stage.row(ada)).isNull();
    }

    private String newCookie(RawReply reply) {
        assertThat(reply.status()).as("the login: %s", reply).isEqualTo(204);
        assertThat(requests.setCookies(reply)).singleElement().asString().isNotEmpty();
        return requests.setCookies(reply).get(0);
    }

    private RawReply exchange(RawRequest request) {
        return RawConnection.exchange(stage.address(), request);
    }
}
