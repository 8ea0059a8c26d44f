package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logout.experiment.StoredSession;
import logout.systemtests.app.TestStage.OwnReply;
import logout.testing.CapturedLog;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While the session store fails, no reply says that something was done; once it is back, all goes on. */
@Isolated("captures the log")
@ParameterizedClass(name = "{0}")
@EnumSource
class FailingStoreTest {

    private static final String SENTENCE = "The session store failed. Take nothing as done, try again.";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GRACE = "username=grace&password=nanoseconds";

    @AutoClose
    private final RunningApp app;

    private final String cookie;

    FailingStoreTest(TestDatabase kind) {
        app = RunningApp.on(kind.freshAddress());
        cookie = app.logIn("ada");
        app.keepNote(cookie, "milk");
    }

    @Test
    void nothing_is_reported_as_done_and_nothing_is_lost() {
        List<StoredSession> before = app.rows();
        assertThat(before).hasSize(1);

        breakStore();
        String log = CapturedLog.during(() -> {
            assertFailed(app.raw("GET", "/api/me").cookie(cookie).send());
            assertFailed(app.raw("GET", "/api/note").cookie(cookie).send());
            assertFailed(app.raw("POST", "/api/logout").cookie(cookie).send());
            assertFailed(app.raw("POST", "/api/login").send(FORM, GRACE));
            assertFailed(app.raw("PUT", "/api/note").cookie(cookie).send("application/json", "{\"note\":\"eggs\"}"));
            assertFailedOnAPage(app.raw("GET", "/").cookie(cookie).send());
            assertFailedOnAPage(app.raw("GET", "/profile").cookie(cookie).send());
            assertFailedToLogOut(app.raw("POST", "/logout").cookie(cookie).send());
            assertFailedOnAPage(app.raw("POST", "/note").cookie(cookie).send(FORM, "note=eggs"));
            assertFailedOnAPage(app.raw("POST", "/login").send(FORM, GRACE));
        });
        repairStore();

        assertThat(app.userOf(cookie)).isEqualTo("ada");
        assertThat(app.rows()).isEqualTo(before);
        assertThat(log)
                .contains("The session store could not read a row", "The session store could not insert a row")
                .doesNotContain(cookie)
                .doesNotContain("\tat ");
    }

    @Test
    void a_store_that_fails_between_reading_and_saving_is_reported_too() {
        String log = CapturedLog.during(() -> {
            try (RawConnection save =
                    app.raw("PUT", "/api/note").cookie(cookie).begin("application/json", "{\"note\":\"eggs\"}")) {
                breakStore();
                assertFailed(save.finish());
            }
        });
        repairStore();

        assertThat(app.onlyRow().note()).isEqualTo("milk");
        assertThat(log).contains("could not update a row").doesNotContain(cookie);
    }

    @Test
    void a_logout_during_which_the_store_fails_is_not_reported_as_done() {
        for (String address : List.of("/api/logout", "/logout")) {
            try (RawConnection logout = app.raw("POST", address).cookie(cookie).begin(FORM, "a=b")) {
                breakStore();
                assertClaimsNothing(logout.finish());
            }
            repairStore();
            assertThat(app.userOf(cookie))
                    .as("still logged in after %s", address)
                    .isEqualTo("ada");
        }
        app.with(cookie).post("/api/logout").then().statusCode(204);
        assertThat(app.rows()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nor_is_one_whose_route_sends_the_reply_by_itself(OwnReply own) {
        try (RawConnection logout =
                app.raw("POST", own.address()).cookie(cookie).begin(FORM, "a=b")) {
            breakStore();
            assertClaimsNothing(logout.finish());
        }
        repairStore();
        assertThat(app.userOf(cookie)).isEqualTo("ada");

        RawReply reply = app.raw("POST", own.address()).cookie(cookie).send(FORM, "a=b");

        assertThat(reply.status()).isEqualTo(own.status);
        assertThat(reply.body()).isEqualTo(own.body);
        if (own.status / 100 == 3) {
            assertThat(reply.header("Location")).isEqualTo("/");
        }
        assertThat(reply.header("Clear-Site-Data")).isEqualTo("\"cookies\"");
        assertThat(app.rows()).isEmpty();
    }

    @Test
    void a_row_that_can_be_read_but_not_deleted_ends_neither_by_a_logout_nor_by_a_login() {
        List<StoredSession> before = app.rows();

        pinRow();
        String log = CapturedLog.during(() -> {
            assertFailed(app.raw("POST", "/api/logout").cookie(cookie).send());
            assertFailedToLogOut(app.raw("POST", "/logout").cookie(cookie).send());
            assertFailed(app.raw("POST", "/api/login").cookie(cookie).send(FORM, GRACE));
            assertFailedOnAPage(app.raw("POST", "/login").cookie(cookie).send(FORM, GRACE));
        });

        assertThat(app.rows()).isEqualTo(before);
        assertThat(app.userOf(cookie)).isEqualTo("ada");
        // The database's own message names the row's key.
        assertThat(log).contains("could not delete a row").doesNotContain(cookie);

        app.sql("DROP TABLE pin");
        app.with(cookie).post("/api/logout").then().statusCode(204);
        assertThat(app.rows()).isEmpty();
    }

    @Test
    void whoever_sends_no_cookie_is_not_troubled() {
        breakStore();

        assertThat(app.anonymous().get("/").statusCode()).isEqualTo(200);
        assertThat(app.anonymous().get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void a_database_that_is_gone_for_good_is_reported_as_such() {
        app.database().close();

        assertFailed(app.raw("GET", "/api/me").cookie(cookie).send());
        assertFailed(app.raw("POST", "/api/logout").cookie(cookie).send());
    }

    private void breakStore() {
        app.sql("ALTER TABLE " + TestStage.TABLE + " RENAME TO out_of_reach");
    }

    private void repairStore() {
        app.sql("ALTER TABLE out_of_reach RENAME TO " + TestStage.TABLE);
    }

    /** Makes the row one that another table refers to: it can be read and changed, but not deleted. */
    private void pinRow() {
        String key = "(sessionId, contextPath, virtualHost)";
        app.sql("CREATE TABLE pin AS SELECT sessionId, contextPath, virtualHost FROM " + TestStage.TABLE);
        app.sql("ALTER TABLE pin ADD FOREIGN KEY " + key + " REFERENCES " + TestStage.TABLE + " " + key);
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
