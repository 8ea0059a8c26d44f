package logout.systemtests.app;

import static logout.testing.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.Instant;
import logout.experiment.StoredSession;
import logout.systemtests.TestDatabase;
import logout.testing.Browser;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the rows are after each step, on both databases alike. */
@ParameterizedClass(name = "{0}")
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionStoreTest {

    private static final int MANY = 50;
    private static final int FEW = 5;
    private static final long HALF_AN_HOUR_MS = 30 * 60 * 1000;

    @Parameter
    TestDatabase kind;

    @AutoClose
    private RunningStage stage;

    private Browser ada;
    private Instant begun;

    @BeforeParameterizedClassInvocation
    void start() {
        stage = RunningStage.of(TestStage.STAGE).on(kind.freshAddress()).start();
    }

    @BeforeEach
    void ada_logs_in() {
        stage.empty();
        begun = Instant.now();
        ada = stage.newBrowser().logIn();
    }

    @Test
    void a_login_adds_a_row_that_says_who_and_when() {
        StoredSession row = stage.rowOf(ada);

        assertThat(stage.rows()).containsExactly(row);
        assertThat(row.user()).isEqualTo("ada");
        assertThat(row.note()).isNull();
        assertThat(row.created()).isBetween(begun.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(row.lastUsed())
                .isBetween(begun.minusSeconds(1), Instant.now().plusSeconds(1));
    }

    // This keeps the connection open: waiting for its end would give the app time to save after the reply.

    @Test
    void what_a_reply_reports_is_in_the_row_already() {
        for (int i = 0; i < MANY; i++) {
            Response saved = ada.keepNote(String.valueOf(i));
            assertThat(stage.rowOf(ada).note()).isEqualTo(String.valueOf(i));
            assertThat(saved.asString()).isEqualTo("{\"note\":\"" + i + "\"}");

            // Each begins a new session, as a login does, but without the time that a password check takes.
            ada.post("/logout");
            assertThat(stage.rows()).extracting(StoredSession::id).containsExactly(ada.sessionCookie());
        }
    }

    @Test
    void a_row_that_is_deleted_elsewhere_lets_nobody_in() {
        stage.empty();

        assertThat(ada.user()).isNull();
        assertThat(stage.rows()).isEmpty();
    }

    @Test
    void a_session_ends_half_an_hour_after_its_last_use() {
        assertThat(number("maxInterval")).isEqualTo(HALF_AN_HOUR_MS);
        // Jetty looks at the clock once for each of the two.
        assertThat(number("expiryTime - accessTime")).isBetween(HALF_AN_HOUR_MS, HALF_AN_HOUR_MS + 10_000);
    }

    @Test
    void reading_writes_nothing_soon_after_a_save() {
        ada.keepNote("milk");
        long saved = number("lastSavedTime");
        assertThat(saved).isPositive();

        for (int i = 0; i < FEW; i++) {
            assertThat(ada.user()).isEqualTo("ada");
        }

        assertThat(number("lastSavedTime")).isEqualTo(saved);
    }

    @Test
    void an_idle_session_ends_as_a_logout_does() {
        ada.keepNote("milk");

        stage.letSessionsRunOut();

        assertThat(ada.user()).isNull();
        assertThat(ada.note()).isNull();
        assertThat(stage.rows()).isEmpty();
    }

    @Test
    void reading_now_and_then_keeps_a_session_alive() {
        long expiry = number("expiryTime");
        // As if it had been saved two minutes ago, and were to end soon.
        set("lastSavedTime = lastSavedTime - 120000, expiryTime = expiryTime - 1700000");

        assertThat(ada.user()).isEqualTo("ada");

        assertThatEventually(() -> number("expiryTime"), now -> now >= expiry);
        assertThat(stage.rowOf(ada).user()).isEqualTo("ada");
    }

    @Test
    void a_save_that_ends_after_a_logout_says_so_and_saves_nothing() {
        try (RawConnection save = beginToSave("{\"note\":\"late\"}")) {
            ada.copy().post("/api/logout").then().statusCode(204);

            RawReply reply = save.finish();

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body()).isEqualTo("{\"error\":\"Your session ended meanwhile, so nothing was saved.\"}");
            assertThat(reply.headers("Set-Cookie")).isEmpty();
        }
        assertThat(stage.rows()).isEmpty();
        assertThat(ada.user()).isNull();
    }

    @Test
    void a_request_that_changes_nothing_does_not_undo_what_another_saved_meanwhile() {
        ada.keepNote("first");
        set("lastSavedTime = 1");
        try (RawConnection read = beginToSave("{malformed")) {
            ada.keepNote("second");
            set("lastSavedTime = 1");

            assertThat(read.finish().status()).isEqualTo(400);

            // Its last save was long ago, so its time of use is saved: perhaps after the reply. By then, look.
            assertThatEventually(() -> number("lastSavedTime"), time -> time > 1);
        }
        assertThat(stage.rowOf(ada).note()).isEqualTo("second");
    }

    /** The session is loaded when this returns; the body comes when the request is finished. */
    private RawConnection beginToSave(String body) {
        return new RawConnection(stage.address())
                .begin(ada.raw("PUT", "/api/note").json(body));
    }

    private void set(String columns) {
        assertThat(stage.update("UPDATE %s SET %s", TestStage.STAGE.table(), columns))
                .isEqualTo(1);
    }

    private long number(String column) {
        return Long.parseLong(stage.ask("SELECT %s FROM %s", column, TestStage.STAGE.table()));
    }
}
