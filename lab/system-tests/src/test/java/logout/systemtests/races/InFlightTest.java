package logout.systemtests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import javax.servlet.ServletResponse;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import logout.systemtests.AllLogouts;
import logout.systemtests.LockedRow;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import spark.Request;
import spark.Response;
import spark.Service;

@DisplayName("A request in flight across each logout")
class InFlightTest extends AllLogouts {

    private static final String SLOW_READ = "/system-tests/slow-read";
    private static final String SLOW_REPLY = "/system-tests/slow-reply";

    private Gate gate;

    @Override
    protected void addRoutes(Service spark, LoginApp app) {
        spark.get(SLOW_READ, this::readSlowly);
        spark.get(SLOW_REPLY, this::replySlowly);
    }

    @BeforeEach
    void make() {
        gate = new Gate();
    }

    /** Looks at the session at once, and answers when the gate is open. */
    private String readSlowly(Request request, Response response) {
        String user = Sessions.user(request);
        gate.pass();
        return String.valueOf(user);
    }

    /** Sends the first half of its reply at once, and the second when the gate is open: past Spark, which sends only whole replies. */
    private String replySlowly(Request request, Response response) throws Exception {
        String user = Sessions.user(request);
        ServletResponse reply =
                org.eclipse.jetty.server.Request.getBaseRequest(request.raw()).getResponse();
        reply.setContentLength("first,".length() + user.length());
        OutputStream out = reply.getOutputStream();
        out.write("first,".getBytes());
        out.flush();
        gate.pass();
        out.write(user.getBytes());
        out.flush();
        return "";
    }

    @Test
    @Order(1)
    void a_read_answers_for_the_session_that_it_found_saves_its_time_of_use_and_brings_nobody_back() {
        stage.letAnHourPass();
        try (RawConnection read = new RawConnection(stage.address()).send(requests.get(SLOW_READ, ada))) {
            gate.awaitRequest();
            logOut();

            gate.open();
            RawReply reply = read.reply();

            assertThat(reply.body()).isEqualTo("ada");
            assertThat(reply.headers("Set-Cookie")).isEmpty();
            assertThatNextOnTheConnectionNobodyIsLoggedIn(read);
        }
        assertLoggedOut();
    }

    @Test
    @Order(2)
    void a_save_says_that_nothing_was_saved_and_only_on_stage_1_after_a_GET_brings_the_user_back() {
        try (RawConnection save = new RawConnection(stage.address()).begin(requests.save(ada, "late"))) {
            logOut();
            assertLoggedOut();

            RawReply reply = save.finish();

            assertThat(reply.status()).isEqualTo(requests.leavesTheRow() ? requests.saved() : 401);
            assertThat(reply.headers("Set-Cookie")).isEmpty();
            assertThat(reply.headers("Location").isEmpty()).isEqualTo(reply.status() != 302);
        }
        if (requests.leavesTheRow()) {
            assertLoggedIn(ada);
            assertThat(stage.row(ada).note()).isEqualTo("late");
        } else {
            assertLoggedOut();
        }
    }

    @Test
    @Order(3)
    void a_request_that_is_slow_to_begin_comes_after_the_logout() {
        for (RawRequest request : new RawRequest[] {requests.get("/api/me", ada), requests.save(ada, "late")}) {
            try (RawConnection slow = new RawConnection(stage.address())) {
                String head = request.host(stage.address().getAuthority()).head();
                int half = head.indexOf("Cookie") + ada.length();
                slow.write(head.substring(0, half));
                logOut();

                RawReply reply =
                        slow.write(head.substring(half) + request.body()).reply();

                boolean savesAnonymously =
                        requests.leavesTheRow() && !request.line().startsWith("GET ");
                assertThat(reply.status()).isEqualTo(savesAnonymously ? requests.saved() : 401);
            }
            assertLoggedOut();
        }
    }

    @Test
    @Order(4)
    void a_reply_that_is_slow_to_end_changes_nothing_after_the_logout() {
        stage.letAnHourPass();
        try (RawConnection slow = new RawConnection(stage.address()).send(requests.get(SLOW_REPLY, ada))) {
            gate.awaitRequest();
            assertThat(slow.hasReply()).isTrue();
            logOut();

            gate.open();

            assertThat(slow.reply().body()).isEqualTo("first,ada");
            assertThatNextOnTheConnectionNobodyIsLoggedIn(slow);
        }
        assertLoggedOut();
    }

    @Test
    @Order(5)
    void a_logout_is_answered_when_the_row_is_changed_and_not_before() {
        try (RawConnection connection = new RawConnection(other.address())) {
            try (LockedRow row = LockedRow.of(stage, ada)) {
                connection.send(requests.logOut(ada));
                row.awaitWaiting(1);

                assertThat(connection.hasReply()).isFalse();
                assertLoggedIn(ada);
            }
            logouts.add(connection.reply());
            assertThat(logouts.get(0).status()).isEqualTo(requests.loggedOut());
        }
        assertLoggedOut();
    }

    @Test
    @Order(6)
    void a_login_and_a_save_are_answered_when_the_row_is_changed_and_not_before() {
        for (RawRequest request : new RawRequest[] {requests.save(ada, "bread"), requests.logIn(ada)}) {
            try (RawConnection connection = new RawConnection(stage.address())) {
                try (LockedRow row = LockedRow.of(stage, ada)) {
                    connection.send(request);
                    row.awaitWaiting(1);

                    assertThat(connection.hasReply()).isFalse();
                }
                assertThat(connection.reply().status()).isIn(requests.saved(), 204);
            }
        }
        assertThat(stage.row(ada)).isNull();
    }

    @Test
    @Order(7)
    void a_read_writes_nothing_and_so_waits_for_nobody() {
        try (LockedRow row = LockedRow.of(stage, ada);
                RawConnection connection = new RawConnection(stage.address())) {
            // The stage takes a connection's next request when it is done with the one before, its last save included.
            for (String path : new String[] {"/api/me", "/api/note", "/", "/api/me"}) {
                assertThat(connection.send(requests.get(path, ada)).reply().status())
                        .isEqualTo(200);
            }
            row.awaitWaiting(0);
        }
    }

    /** The stage takes a connection's next request when it is done with the one before, its last save included. */
    private void assertThatNextOnTheConnectionNobodyIsLoggedIn(RawConnection connection) {
        RawReply reply = connection.send(requests.get("/api/me", ada)).reply();
        assertThat(reply.status()).isEqualTo(401);
    }
}
