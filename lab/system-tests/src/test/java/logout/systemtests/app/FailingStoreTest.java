package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logout.experiment.StoredSession;
import logout.systemtests.app.TestStage.OwnReply;
import logout.testing.Browser;
import logout.testing.Captured;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** While the session store fails, no reply says that something was done; once it is back, all goes on. */
@Isolated("captures the log")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailingStoreTest {

    private static final String SENTENCE = "The session store failed. Take nothing as done, try again.";
    private static final String GRACE = "username=grace&password=nanoseconds";

    @AutoClose
    private final RunningStage stage = RunningStage.of(TestStage.STAGE).start();

    private Browser ada;

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        stage.empty();
        ada = stage.newBrowser().logIn();
        ada.keepNote("milk");
    }

    @Test
    void nothing_is_reported_as_done_and_nothing_is_lost() {
        List<StoredSession> before = stage.rows();
        RawRequest login = RawRequest.of("POST", "/login").form(GRACE);

        stage.breakStore();
        try {
            String log = Captured.log(() -> {
                assertFailed(send(ada.raw("GET", "/api/me")));
                assertFailed(send(ada.raw("GET", "/api/note")));
                assertFailed(send(ada.raw("POST", "/api/logout")));
                assertFailed(send(login.target(path -> "/api/login")));
                assertFailed(send(ada.raw("PUT", "/api/note").json("{\"note\":\"eggs\"}")));
                assertFailedOnAPage(send(ada.raw("GET", "/")));
                assertFailedOnAPage(send(ada.raw("GET", "/profile")));
                assertFailedToLogOut(send(ada.raw("POST", "/logout")));
                assertFailedOnAPage(send(ada.raw("POST", "/note").form("note=eggs")));
                assertFailedOnAPage(send(login));
            });
            assertThat(log)
                    .contains("The session store could not read a row", "The session store could not insert a row")
                    .doesNotContain(ada.sessionCookie())
                    .doesNotContain("\tat ");
            Browser nobody = stage.newBrowser();
            assertThat(nobody.get("/").statusCode())
                    .as("whoever sends no cookie")
                    .isEqualTo(200);
            assertThat(nobody.user()).isNull();
        } finally {
            stage.repairStore();
        }
        assertThat(ada.user()).isEqualTo("ada");
        assertThat(stage.rows()).isEqualTo(before);
    }

    @Test
    void a_save_during_which_the_store_fails_is_not_reported_as_done() {
        RawRequest save = ada.raw("PUT", "/api/note").json("{\"note\":\"eggs\"}");

        String log = Captured.log(() -> assertFailed(replyWhereTheStoreFailsMeanwhile(save)));

        assertThat(stage.rowOf(ada).note()).isEqualTo("milk");
        assertThat(log).contains("could not update a row").doesNotContain(ada.sessionCookie());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/logout", "/logout"})
    void a_logout_during_which_the_store_fails_is_not_reported_as_done(String address) {
        assertFailsMeanwhile(ada.raw("POST", address).form("a=b"));

        ada.post(address);
        assertThat(ada.user()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void nor_is_one_whose_route_sends_the_reply_by_itself(OwnReply own) {
        RawRequest logout = ada.raw("POST", own.address()).form("a=b");
        assertFailsMeanwhile(logout);

        RawReply reply = send(logout);

        assertThat(reply.status()).isEqualTo(own.status);
        assertThat(reply.body()).isEqualTo(own.body);
        if (own.status / 100 == 3) {
            assertThat(reply.header("Location")).isEqualTo("/");
        }
        assertThat(reply.header("Clear-Site-Data")).isEqualTo("\"cookies\"");
        assertThat(stage.rows()).isEmpty();
    }

    private void assertFailsMeanwhile(RawRequest logout) {
        assertClaimsNothing(replyWhereTheStoreFailsMeanwhile(logout));
        assertThat(ada.user()).isEqualTo("ada");
    }

    /** The store fails between reading and saving, and is back when this returns. */
    private RawReply replyWhereTheStoreFailsMeanwhile(RawRequest request) {
        try (RawConnection connection = new RawConnection(stage.address()).begin(request)) {
            stage.breakStore();
            return connection.finish();
        } finally {
            stage.repairStore();
        }
    }

    @Test
    void a_row_that_can_be_read_but_not_deleted_ends_neither_by_a_logout_nor_by_a_login() {
        List<StoredSession> before = stage.rows();

        pinRow();
        try {
            String log = Captured.log(() -> {
                assertFailed(send(ada.raw("POST", "/api/logout")));
                assertFailedToLogOut(send(ada.raw("POST", "/logout")));
                assertFailed(send(ada.raw("POST", "/api/login").form(GRACE)));
                assertFailedOnAPage(send(ada.raw("POST", "/login").form(GRACE)));
            });

            assertThat(stage.rows()).isEqualTo(before);
            assertThat(ada.user()).isEqualTo("ada");
            // The database's own message names the row's key.
            assertThat(log).contains("could not delete a row").doesNotContain(ada.sessionCookie());
        } finally {
            stage.update("DROP TABLE pin");
        }
        ada.post("/api/logout").then().statusCode(204);
        assertThat(stage.rows()).isEmpty();
    }

    /** Makes the row one that another table refers to: it can be read and changed, but not deleted. */
    private void pinRow() {
        stage.update("CREATE TABLE pin AS SELECT sessionId, contextPath, virtualHost FROM %s", TestStage.TABLE);
        stage.update(
                "ALTER TABLE pin ADD FOREIGN KEY (sessionId, contextPath, virtualHost)"
                        + " REFERENCES %s (sessionId, contextPath, virtualHost)",
                TestStage.TABLE);
    }

    private RawReply send(RawRequest request) {
        return RawConnection.exchange(stage.address(), request);
    }

    private static void assertFailed(RawReply reply) {
        assertThat(reply.body()).isEqualTo("{\"error\":\"" + SENTENCE + "\"}");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertClaimsNothing(reply);
    }

    private static void assertFailedOnAPage(RawReply reply) {
        assertThat(reply.body()).contains(SENTENCE).contains("href=\"/\"").doesNotContain("ada");
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertClaimsNothing(reply);
    }

    private static void assertFailedToLogOut(RawReply reply) {
        assertThat(reply.body())
                .contains(
                        "this app cannot tell whether you are logged out", "<form method=\"POST\" action=\"/logout\">");
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertClaimsNothing(reply);
    }

    private static void assertClaimsNothing(RawReply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers("Set-Cookie")).isEmpty();
        assertThat(reply.headers("Location")).isEmpty();
        assertThat(reply.headers("Clear-Site-Data")).isEmpty();
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }
}
