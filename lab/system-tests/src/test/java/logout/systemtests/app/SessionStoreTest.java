package logout.systemtests.app;

import static logout.testing.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.Instant;
import logout.experiment.StoredSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the rows are after each step, on both databases alike. */
@ParameterizedClass(name = "{0}")
@EnumSource
class SessionStoreTest {

    private static final int MANY = 50;
    private static final int FEW = 5;
    private static final long HALF_AN_HOUR_MS = 30 * 60 * 1000;

    private final String address;

    @AutoClose
    private final RunningApp app;

    SessionStoreTest(TestDatabase kind) {
        address = kind.freshAddress();
        app = RunningApp.on(address);
    }

    @Test
    void a_login_adds_a_row_that_says_who_and_when() {
        assertThat(app.rows()).isEmpty();
        Instant before = Instant.now().minusSeconds(1);

        String cookie = app.logIn("ada");

        StoredSession row = app.onlyRow();
        assertThat(row.id()).isEqualTo(cookie);
        assertThat(row.user()).isEqualTo("ada");
        assertThat(row.note()).isNull();
        assertThat(row.created()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(row.lastUsed()).isBetween(before, Instant.now().plusSeconds(1));
    }

    // These two keep the connection open: waiting for its end would give the app time to save after the reply.

    @Test
    void what_a_reply_reports_is_in_the_row_already() {
        String cookie = app.logIn("ada");
        for (int i = 0; i < MANY; i++) {
            Response saved = app.with(cookie)
                    .contentType("application/json")
                    .body("{\"note\":\"" + i + "\"}")
                    .put("/api/note");
            assertThat(app.onlyRow().note()).isEqualTo(String.valueOf(i));
            assertThat(saved.asString()).isEqualTo("{\"note\":\"" + i + "\"}");

            // Each begins a new session, as a login does, but without the time that a password check takes.
            Response renewed = app.with(cookie).post("/logout");
            assertThat(app.rows()).extracting(StoredSession::id).containsExactly(RunningApp.newCookie(renewed));
            cookie = RunningApp.newCookie(renewed);
        }
    }

    @Test
    void when_a_login_is_answered_its_row_says_who_it_is() {
        for (int i = 0; i < FEW; i++) {
            Response reply = app.anonymous()
                    .formParam("username", "ada")
                    .formParam("password", "analytical-engine")
                    .post("/api/login");
            assertThat(app.rows())
                    .filteredOn(row -> row.id().equals(RunningApp.newCookie(reply)))
                    .singleElement()
                    .extracting(StoredSession::user)
                    .isEqualTo("ada");
        }
    }

    @Test
    void sessions_outlive_a_restart() {
        RunningApp first = RunningApp.on(address);
        String cookie = first.logIn("ada");
        first.close();

        try (RunningApp second = RunningApp.on(address)) {
            assertThat(second.userOf(cookie)).isEqualTo("ada");
        }
    }

    @Test
    void a_row_that_is_deleted_elsewhere_lets_nobody_in() {
        String cookie = app.logIn("ada");

        assertThat(app.sql("DELETE FROM " + TestStage.TABLE)).isEqualTo(1);

        assertThat(app.userOf(cookie)).isNull();
        assertThat(app.rows()).isEmpty();
    }

    @Test
    void a_session_ends_half_an_hour_after_its_last_use() {
        app.logIn("ada");

        assertThat(app.number("SELECT maxInterval FROM " + TestStage.TABLE)).isEqualTo(HALF_AN_HOUR_MS);
        // Jetty looks at the clock once for each of the two.
        assertThat(app.number("SELECT expiryTime - accessTime FROM " + TestStage.TABLE))
                .isBetween(HALF_AN_HOUR_MS, HALF_AN_HOUR_MS + 10_000);
    }

    @Test
    void reading_writes_nothing_soon_after_a_save() {
        String cookie = app.logIn("ada");
        app.keepNote(cookie, "milk");
        long saved = app.number("SELECT lastSavedTime FROM " + TestStage.TABLE);
        assertThat(saved).isPositive();

        for (int i = 0; i < FEW; i++) {
            assertThat(app.userOf(cookie)).isEqualTo("ada");
        }

        assertThat(app.number("SELECT lastSavedTime FROM " + TestStage.TABLE)).isEqualTo(saved);
    }

    @Test
    void an_idle_session_ends_as_a_logout_does() {
        String cookie = app.logIn("ada");
        app.keepNote(cookie, "milk");

        assertThat(app.sql("UPDATE " + TestStage.TABLE + " SET expiryTime = 1")).isEqualTo(1);

        assertThat(app.userOf(cookie)).isNull();
        assertThat(app.noteOf(cookie)).isNull();
        assertThat(app.rows()).isEmpty();
    }

    @Test
    void reading_now_and_then_keeps_a_session_alive() {
        String cookie = app.logIn("ada");
        long expiry = app.number("SELECT expiryTime FROM " + TestStage.TABLE);
        // As if it had been saved two minutes ago, and were to end soon.
        app.sql("UPDATE " + TestStage.TABLE + " SET lastSavedTime = lastSavedTime - 120000,"
                + " expiryTime = expiryTime - 1700000");

        assertThat(app.userOf(cookie)).isEqualTo("ada");

        assertThatEventually(() -> app.number("SELECT expiryTime FROM " + TestStage.TABLE), now -> now >= expiry);
        assertThat(app.onlyRow().user()).isEqualTo("ada");
    }
}
