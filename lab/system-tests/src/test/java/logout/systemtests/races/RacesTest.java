package logout.systemtests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.servlet.ServletResponse;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import logout.experiment.CookieJar;
import logout.systemtests.AllLogouts;
import logout.systemtests.LockedRow;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spark.Request;
import spark.Response;
import spark.Service;

@DisplayName("Requests at the same time as each logout")
class RacesTest extends AllLogouts {

    private static final int SECONDS = 20;
    private static final String SLOW_READ = "/system-tests/slow-read/";

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Where a slow read and its test wait for each other twice: when it has come, and before it goes on. */
    private CyclicBarrier gate;

    @Override
    protected void addRoutes(Service spark, LoginApp app) {
        spark.get(SLOW_READ + "whole", this::readSlowly);
        spark.get(SLOW_READ + "in-halves", this::readSlowly);
    }

    @BeforeEach
    void make() {
        gate = new CyclicBarrier(2);
    }

    private void meet() throws Exception {
        gate.await(SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Looks at the session at once, and answers later; or answers the first half at once: past Spark, which sends only whole
     * replies.
     */
    private String readSlowly(Request request, Response response) throws Exception {
        String user = Sessions.user(request);
        if (request.pathInfo().endsWith("whole")) {
            meet();
            meet();
            return String.valueOf(user);
        }
        ServletResponse reply =
                org.eclipse.jetty.server.Request.getBaseRequest(request.raw()).getResponse();
        reply.setContentLength(user.length());
        OutputStream out = reply.getOutputStream();
        out.write(user.substring(0, 1).getBytes());
        out.flush();
        meet();
        meet();
        out.write(user.substring(1).getBytes());
        out.flush();
        return "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "in-halves"})
    void a_read_answers_for_the_session_that_it_found_saves_its_time_of_use_and_brings_nobody_back(String how)
            throws Exception {
        stage.letAnHourPass();
        try (RawConnection read = new RawConnection(stage.address()).send(requests.get(SLOW_READ + how, ada))) {
            meet();
            assertThat(read.hasReply()).isEqualTo(how.equals("in-halves"));
            logOut();

            meet();
            RawReply reply = read.reply();

            assertThat(reply.body()).isEqualTo("ada");
            assertThat(reply.headers("Set-Cookie")).isEmpty();
            // The stage takes a connection's next request when it is done with the one before, its last save included.
            assertThat(read.send(requests.get("/api/me", ada)).reply().status()).isEqualTo(401);
        }
        assertLoggedOut();
    }

    @Test
    void a_save_says_that_nothing_was_saved_and_only_on_stage_1_after_a_GET_brings_the_user_back() {
        try (RawConnection save = new RawConnection(stage.address()).begin(requests.save(ada, "late"))) {
            logOut();
            assertLoggedOut();

            RawReply reply = save.finish();

            assertThat(reply.status()).isEqualTo(requests.leavesTheRow() ? requests.done() : 401);
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
                assertThat(reply.status()).isEqualTo(savesAnonymously ? requests.done() : 401);
            }
            assertLoggedOut();
        }
    }

    @Test
    void a_logout_is_answered_when_the_row_is_changed_and_not_before() {
        try (RawConnection connection = new RawConnection(other.address())) {
            try (LockedRow row = new LockedRow(stage, ada)) {
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
    void a_login_and_a_save_are_answered_when_the_row_is_changed_and_not_before() {
        for (RawRequest request : new RawRequest[] {requests.save(ada, "bread"), requests.logIn(ada)}) {
            try (RawConnection connection = new RawConnection(stage.address())) {
                try (LockedRow row = new LockedRow(stage, ada)) {
                    connection.send(request);
                    row.awaitWaiting(1);

                    assertThat(connection.hasReply()).isFalse();
                }
                assertThat(connection.reply().status()).isEqualTo(requests.done());
            }
        }
        assertThat(stage.row(ada)).isNull();
    }

    @Test
    void a_read_writes_nothing_and_so_waits_for_nobody() {
        try (LockedRow row = new LockedRow(stage, ada);
                RawConnection connection = new RawConnection(stage.address())) {
            // The stage takes a connection's next request when it is done with the one before, its last save included.
            for (String path : new String[] {"/api/me", "/api/note", "/", "/api/me"}) {
                assertThat(connection.send(requests.get(path, ada)).reply().status())
                        .isEqualTo(200);
            }
            row.awaitWaiting(0);
        }
    }

    @Test
    void the_panel_that_looks_and_replays_meanwhile_changes_nothing() throws Exception {
        CountDownLatch watching = new CountDownLatch(2);
        AtomicBoolean loggedOut = new AtomicBoolean();
        List<? extends Future<?>> watchers = Stream.of(
                        requests.get("/lab/state", ada), requests.post("/lab/replay", ada))
                .map(request -> threads.submit(() -> {
                    boolean last;
                    do {
                        last = loggedOut.get();
                        RawReply reply = exchange(other, request);
                        watching.countDown();
                        // Before the first logout there is nothing to replay: 409.
                        assertThat(reply.status()).isIn(200, 202, 409);
                        assertThat(reply.headers("Set-Cookie")).isEmpty();
                    } while (!last);
                }))
                .toList();
        assertThat(watching.await(SECONDS, TimeUnit.SECONDS)).isTrue();

        logOut();
        loggedOut.set(true);
        for (Future<?> watcher : watchers) {
            watcher.get(SECONDS, TimeUnit.SECONDS);
        }

        assertLoggedOut();
    }

    @Test
    void two_logouts_that_wait_for_the_same_row_both_end_it_and_each_leaves_what_one_leaves() {
        try (RawConnection one = new RawConnection(stage.address());
                RawConnection another = new RawConnection(other.address())) {
            try (LockedRow row = new LockedRow(stage, ada)) {
                one.send(requests.logOut(ada));
                another.send(requests.logOut(ada));
                row.awaitWaiting(2);
                assertThat(one.hasReply() || another.hasReply()).isFalse();
            }
            logouts.addAll(List.of(one.reply(), another.reply()));

            assertThat(logouts).extracting(RawReply::status).containsOnly(requests.loggedOut());
            assertLoggedOut();
        }
    }

    @Test
    void a_logout_during_a_login_in_the_same_browser_leaves_the_new_session_alone() {
        try (RawConnection slow = new RawConnection(stage.address()).begin(requests.logIn(ada))) {
            logOut();
            assertLoggedOut();

            String fresh = requests.newCookie(slow.finish());

            assertLoggedInAnew(fresh);
        }
    }

    @Test
    void a_login_in_the_same_browser_while_a_logout_waits_leaves_the_new_session_alone() {
        try (RawConnection logoutConnection = new RawConnection(other.address());
                RawConnection loginConnection = new RawConnection(stage.address())) {
            try (LockedRow row = new LockedRow(stage, ada)) {
                logoutConnection.send(requests.logOut(ada));
                row.awaitWaiting(1);
                loginConnection.send(requests.logIn(ada));
                row.awaitWaiting(2);
            }
            String fresh = requests.newCookie(loginConnection.reply());

            // A logout that would change the row finds it gone if the login comes first, and says so.
            int status = logoutConnection.reply().status();
            assertThat(status).isIn(requests.loggedOut(), requests.leavesTheRow() ? 401 : requests.loggedOut());
            assertLoggedInAnew(fresh);
        }
    }

    @Test
    void two_logins_at_once_in_the_same_browser_are_two_sessions_and_the_old_one_is_gone() {
        RawRequest login = requests.logIn(ada);
        try (RawConnection one = new RawConnection(stage.address()).begin(login);
                RawConnection another = new RawConnection(other.address()).begin(login)) {
            one.write(login.body());
            another.write(login.body());
            String first = requests.newCookie(one.reply());
            String second = requests.newCookie(another.reply());

            assertThat(first).isNotEqualTo(second);
            assertLoggedInAnew(first);
            assertLoggedInAnew(second);
            assertThat(stage.rows()).hasSize(2);
        }
    }

    /** The browser keeps what the replies set in the order in which they come. A deletion names a cookie, not a session. */
    @Test
    void a_login_that_overtakes_the_reply_of_a_logout_loses_its_cookie_where_that_reply_sets_one() {
        RawReply logoutReply = logOut();
        RawReply loginReply = exchange(stage, requests.logIn(ada));
        String fresh = requests.newCookie(loginReply);
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

    private void assertLoggedInAnew(String fresh) {
        assertLoggedIn(fresh);
        assertThat(stage.row(fresh).note()).isNull();
        assertThat(isLoggedIn(ada)).isFalse();
        assertThat(stage.row(ada)).isNull();
    }
}
