package logout.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import logout.app.LoginApp;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import spark.Service;

/**
 * Each of the five logouts, on a server with an H2, and on two servers that share a PostgreSQL. Ada is logged in, and keeps a
 * note; she logs out at {@link #other}, which is the same server or another one.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("logoutsAndServers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AllLogouts {

    private static final String TWO = "two servers on PostgreSQL";

    @Parameter(0)
    protected Logout logout;

    @Parameter(1)
    protected String servers;

    protected Requests requests;
    protected RunningStage stage;
    protected RunningStage other;

    /** The value of Ada's session cookie. */
    protected String ada;

    /** The replies to her logouts. */
    protected final List<RawReply> logouts = new ArrayList<>();

    static Stream<Arguments> logoutsAndServers() {
        return Stream.of(Logout.values())
                .flatMap(logout -> Stream.of("one server on H2", TWO).map(servers -> Arguments.of(logout, servers)));
    }

    /** Adds what a test needs in the middle of a request. */
    protected void addRoutes(Service spark, LoginApp app) {}

    @BeforeParameterizedClassInvocation
    void start() {
        requests = new Requests(logout);
        String database = servers.equals(TWO) ? LockedRow.freshPostgreSql() : LockedRow.freshH2();
        stage = start(database);
        other = servers.equals(TWO) ? start(database) : stage;
    }

    private RunningStage start(String database) {
        return RunningStage.of(requests.stage(), this::addRoutes).on(database).start();
    }

    @AfterParameterizedClassInvocation
    void stop() {
        stage.close();
        if (other != stage) {
            other.close();
        }
    }

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        stage.empty();
        logouts.clear();
        ada = logInAndKeepNote();
    }

    protected final String logInAndKeepNote() {
        String cookie = newCookie(exchange(stage, requests.logIn(null)));
        assertThat(exchange(stage, requests.save(cookie, "milk")).status()).isEqualTo(requests.saved());
        assertLoggedIn(cookie);
        return cookie;
    }

    protected final String newCookie(RawReply login) {
        assertThat(login.status()).as("the login: %s", login).isEqualTo(204);
        assertThat(requests.setCookies(login)).singleElement().asString().isNotEmpty();
        return requests.setCookies(login).get(0);
    }

    protected static RawReply exchange(RunningStage at, RawRequest request) {
        return RawConnection.exchange(at.address(), request);
    }

    protected final RawReply logOut() {
        logouts.add(exchange(other, requests.logOut(ada)));
        RawReply reply = logouts.get(logouts.size() - 1);
        assertThat(reply.status()).isEqualTo(requests.loggedOut());
        return reply;
    }

    protected final void assertLoggedIn(String cookie) {
        assertThat(isLoggedIn(cookie)).isTrue();
        assertThat(stage.row(cookie).user()).isEqualTo("ada");
    }

    /** As both servers say. */
    protected final boolean isLoggedIn(String cookie) {
        int status = exchange(stage, requests.get("/api/me", cookie)).status();
        assertThat(status).isIn(200, 401);
        assertThat(exchange(other, requests.get("/api/me", cookie)).status()).isEqualTo(status);
        return status == 200;
    }

    /** Ada is logged out, and in the store there is what her logouts leave, and no more. */
    protected final void assertLoggedOut() {
        assertThat(isLoggedIn(ada)).isFalse();
        assertThat(stage.rows()).extracting(StoredSession::user).doesNotContain("ada");
        assertThat(stage.rows())
                .extracting(StoredSession::id)
                .containsExactlyInAnyOrderElementsOf(requests.idsLeftBy(ada, logouts));
    }
}
