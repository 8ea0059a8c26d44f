package logout.systemtests.app;

import static logout.testing.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import logout.testing.RawConnection;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A request has read its session, and before it ends another one changes or ends that session. */
@ParameterizedClass(name = "{0}")
@EnumSource
class RequestInFlightTest {

    private static final String JSON = "application/json";

    @AutoClose
    private final RunningApp app;

    private final String cookie;

    RequestInFlightTest(TestDatabase kind) {
        app = RunningApp.on(kind.freshAddress());
        cookie = app.logIn("ada");
    }

    @Test
    void a_save_in_flight_is_kept_when_nothing_comes_between() {
        try (RawConnection save = slowSave("{\"note\":\"late\"}")) {
            assertThat(save.finish().status()).isEqualTo(200);
        }

        assertThat(app.onlyRow().note()).isEqualTo("late");
    }

    @Test
    void a_save_that_ends_after_a_logout_says_so_and_saves_nothing() {
        try (RawConnection save = slowSave("{\"note\":\"late\"}")) {
            app.with(cookie).post("/api/logout").then().statusCode(204);

            RawReply reply = save.finish();

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body()).isEqualTo("{\"error\":\"Your session ended meanwhile, so nothing was saved.\"}");
            assertThat(reply.headers("Set-Cookie")).isEmpty();
        }
        assertThat(app.rows()).isEmpty();
        assertThat(app.userOf(cookie)).isNull();
    }

    @Test
    void a_request_that_changes_nothing_does_not_undo_what_another_saved_meanwhile() {
        app.keepNote(cookie, "first");
        savedLongAgo();
        try (RawConnection read = slowSave("{malformed")) {
            app.keepNote(cookie, "second");
            savedLongAgo();

            assertThat(read.finish().status()).isEqualTo(400);

            // Its last save was long ago, so its time of use is saved: perhaps after the reply. By then, look.
            assertThatEventually(this::lastSaved, time -> time > 1);
        }
        assertThat(app.onlyRow().note()).isEqualTo("second");
    }

    private RawConnection slowSave(String body) {
        return app.raw("PUT", "/api/note").cookie(cookie).begin(JSON, body);
    }

    private void savedLongAgo() {
        assertThat(app.sql("UPDATE " + TestStage.TABLE + " SET lastSavedTime = 1"))
                .isEqualTo(1);
    }

    private long lastSaved() {
        return app.number("SELECT lastSavedTime FROM " + TestStage.TABLE);
    }
}
