package logout.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logout.experiment.RequestInFlight;
import logout.experiment.StoredSession;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a logout does beside that, if it ends the session and does not only forget the user. */
public abstract class EndOfSessionTest extends LogoutTest {

    protected EndOfSessionTest(RunningStage stage) {
        super(stage, "POST");
    }

    @Test
    @Order(6)
    void a_replay_of_the_old_cookie_finds_nothing() {
        assertThat(thief.user()).isEqualTo("ada");
        assertThat(thief.note()).isEqualTo("buy milk");

        logOut(ada);

        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(thief.note()).isNull();
        assertThat(ada.note()).isNull();
    }

    @Test
    @Order(7)
    void a_save_in_flight_during_the_logout_does_not_bring_the_user_back() {
        try (RequestInFlight save = ada.beginToSave("saved too late")) {
            logOut(ada);
            List<StoredSession> left = stage.rows();

            assertThat(save.finish()).isEqualTo(401);
            assertThat(stage.rows()).isEqualTo(left).doesNotContain(rowBefore);
        }
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(ada.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    @Order(8)
    void another_site_cannot_log_the_user_out_by_a_link_or_a_form() {
        assertThat(ada.get("/api/logout").statusCode()).isEqualTo(isPlainSite ? 404 : 405);
        assertThat(ada.request()
                        .header("Origin", "http://elsewhere.example")
                        .post(logout.path())
                        .statusCode())
                .isEqualTo(403);

        assertThat(ada.user()).isEqualTo("ada");
    }
}
