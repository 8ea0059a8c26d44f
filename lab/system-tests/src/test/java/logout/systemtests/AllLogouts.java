package logout.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.CsvSource;
import spark.Service;

/**
 * Each of the five logouts. What a logout does to the row (it forgets the user, renews or destroys the session) is done on one
 * server with an H2, and on two servers that share a PostgreSQL. Ada is logged in, and keeps a note; she logs out at
 * {@link #other}, which is the same server or another one.
 */
@ParameterizedClass(name = "{0}, {1}")
@CsvSource({
    "STAGE_1_GET, H2",
    "STAGE_1_POST, H2",
    "STAGE_4, H2",
    "STAGE_1_GET, POSTGRESQL",
    "STAGE_2, POSTGRESQL",
    "STAGE_3, POSTGRESQL",
    "STAGE_4, POSTGRESQL"
})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AllLogouts {

    @Parameter(0)
    protected Logout logout;

    @Parameter(1)
    protected TestDatabase kind;

    protected Requests requests;
    protected RunningStage stage;
    protected RunningStage other;

    /** The value of Ada's session cookie. */
    protected String ada;

    /** The replies to her logouts. */
    protected final List<RawReply> logouts = new ArrayList<>();

    /** Adds what a test needs in the middle of a request. */
    protected void addRoutes(Service spark, LoginApp app) {}

    @BeforeParameterizedClassInvocation
    void start() {
        requests = new Requests(logout);
        String database = kind.freshAddress();
        stage = start(database);
        other = kind == TestDatabase.POSTGRESQL ? start(database) : stage;
    }

    private RunningStage start(String database) {
        return RunningStage.of(logout.stage(), this::addRoutes).on(database).start();
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
        ada = requests.logInAndKeepNote(stage.address());
    }

    protected static RawReply exchange(RunningStage at, RawRequest request) {
        return RawConnection.exchange(at.address(), request);
    }

    protected final RawReply logOut() {
        RawReply reply = exchange(other, requests.logOut(ada));
        logouts.add(reply);
        assertThat(reply.status()).isEqualTo(requests.loggedOut());
        return reply;
    }

    protected final void assertLoggedIn(String cookie) {
        assertThat(isLoggedIn(cookie)).isTrue();
        assertThat(stage.row(cookie).user()).isEqualTo("ada");
    }

    /** As both servers say. */
    protected final boolean isLoggedIn(String cookie) {
        boolean loggedIn = requests.isLoggedIn(stage.address(), cookie);
        assertThat(requests.isLoggedIn(other.address(), cookie)).isEqualTo(loggedIn);
        return loggedIn;
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
