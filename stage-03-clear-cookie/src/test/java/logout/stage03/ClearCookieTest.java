package logout.stage03;

import static logout.testing.SinglePage.beginToSave;
import static logout.testing.SinglePage.keepNote;
import static logout.testing.SinglePage.logIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import logout.app.session.Sessions;
import logout.experiment.RequestInFlight;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.RunningStage;
import logout.testing.StageFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Stage 3, clear the cookie: what POST /api/logout leaves behind")
class ClearCookieTest {

    /** Beside the stage's own logout, three that look as if they did as well. */
    @RegisterExtension
    final RunningStage stage = RunningStage.of(ClearCookieApp.STAGE, (spark, app) -> {
        spark.post("/api/logout-that-clears-alone", (request, response) -> {
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        spark.post("/api/logout-that-clears-last", (request, response) -> {
            Sessions.renew(request);
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        spark.post("/api/logout-by-name", (request, response) -> {
            request.session(false).invalidate();
            response.removeCookie(app.cookie().name());
            response.status(204);
            return "";
        });
    });

    private Browser ada;
    private StoredSession rowBefore;
    private Browser thief;

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        ada = stage.newBrowser();
        logIn(ada).then().statusCode(200);
        keepNote(ada, "buy milk").then().statusCode(200);
        rowBefore = stage.rowOf(ada);
        thief = ada.copy();
    }

    @Test
    @Order(1)
    void before_the_logout_the_cookie_points_to_a_row_with_the_user_and_the_note() {
        assertThat(ada.user()).isEqualTo("ada");
        assertThat(rowBefore.user()).isEqualTo("ada");
        assertThat(rowBefore.note()).isEqualTo("buy milk");
        assertThat(stage.rows()).hasSize(1);
    }

    @Test
    @Order(2)
    void the_reply_is_204_without_a_redirect() {
        Response reply = ada.post("/api/logout");

        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(reply.header("Location")).isNull();
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.body().asString()).isEmpty();
    }

    @Test
    @Order(3)
    void nobody_is_logged_in_any_more() {
        ada.post("/api/logout");

        assertThat(ada.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(ada.note()).isNull();
    }

    @Test
    @Order(4)
    void the_reply_sets_the_session_cookie_once_and_to_a_new_id_for_the_deletion_was_overwritten() {
        Response reply = ada.post("/api/logout");

        assertThat(ada.setCookies(reply))
                .singleElement()
                .asString()
                .contains("Path=/", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Max-Age=0", "1970", rowBefore.id());
        assertThat(ada.sessionCookie()).isNotNull().isNotEqualTo(rowBefore.id());
    }

    @Test
    @Order(5)
    void the_old_row_is_gone_and_the_new_cookie_points_to_a_new_one_anonymous_and_empty() {
        ada.post("/api/logout");

        assertThat(stage.rows()).singleElement().satisfies(row -> {
            assertThat(row.id()).isNotEqualTo(rowBefore.id());
            assertThat(row.user()).isNull();
            assertThat(row.note()).isNull();
            assertThat(row).isEqualTo(stage.rowOf(ada));
        });
    }

    @Test
    @Order(6)
    void a_replay_of_the_old_cookie_finds_nothing() {
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(200);

        ada.post("/api/logout");

        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(thief.note()).isNull();
    }

    @Test
    @Order(7)
    void a_save_in_flight_during_the_logout_does_not_bring_the_user_back() {
        try (RequestInFlight save = beginToSave(ada, "saved too late")) {
            ada.post("/api/logout");

            assertThat(save.finish()).isEqualTo(401);
        }
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(stage.rows()).extracting(StoredSession::user).containsOnlyNulls();
        assertThat(stage.rows()).extracting(StoredSession::note).containsOnlyNulls();
    }

    @Test
    @Order(8)
    void a_link_or_a_form_on_another_site_cannot_log_the_user_out() {
        assertThat(ada.get("/api/logout").statusCode()).isEqualTo(405);
        assertThat(ada.request()
                        .header("Origin", "http://elsewhere.example")
                        .post("/api/logout")
                        .statusCode())
                .isEqualTo(403);

        assertThat(ada.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(9)
    void logging_out_twice_or_without_a_session_gets_the_same_reply_and_no_further_row() {
        ada.post("/api/logout");
        assertThat(ada.post("/api/logout").statusCode()).isEqualTo(204);
        assertThat(stage.rows()).hasSize(1);

        Browser stranger = stage.newBrowser();
        assertThat(stranger.post("/api/logout").statusCode()).isEqualTo(204);
        assertThat(stranger.sessionCookie()).isNull();
        assertThat(stage.rows()).hasSize(1);
    }

    @Test
    @Order(10)
    void the_same_user_stays_logged_in_in_another_browser() {
        Browser phone = stage.newBrowser();
        logIn(phone);

        ada.post("/api/logout");

        assertThat(phone.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(11)
    void a_cookie_whose_row_is_gone_already_is_cleared_for_no_renewal_overwrites_the_deletion() {
        ada.copy().post("/api/logout");
        assertThat(ada.sessionCookie()).isNotNull();

        Response reply = ada.post("/api/logout");

        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(ada.setCookies(reply)).singleElement().asString().contains("Path=/", "Max-Age=0");
        assertThat(ada.sessionCookie()).isNull();
    }

    @Test
    @Order(12)
    void clearing_alone_takes_the_cookie_from_the_browser_and_leaves_every_copy_of_it_logged_in() {
        ada.post("/api/logout-that-clears-alone");

        assertThat(ada.sessionCookie()).isNull();
        assertThat(thief.user()).isEqualTo("ada");
    }

    @Test
    @Order(13)
    void clearing_after_renewing_sets_the_cookie_twice_and_leaves_a_row_that_no_cookie_points_to() {
        Response reply = ada.post("/api/logout-that-clears-last");

        assertThat(ada.setCookies(reply)).hasSize(2);
        assertThat(ada.setCookies(reply).get(1)).contains("Max-Age=0");
        assertThat(ada.sessionCookie()).isNull();
        assertThat(stage.rows())
                .extracting(StoredSession::user)
                .containsOnlyNulls()
                .hasSize(1);
    }

    @Test
    @Order(14)
    void a_cookie_that_is_cleared_by_its_name_alone_stays_for_the_path_is_missing() {
        String before = ada.sessionCookie();

        Response reply = ada.post("/api/logout-by-name");

        assertThat(ada.setCookies(reply)).singleElement().asString().contains("Max-Age=0");
        assertThat(reply.cookie(ada.sessionCookieName()))
                .as("by name it looks gone")
                .isEmpty();
        assertThat(ada.sessionCookie()).as("the browser still sends it").isEqualTo(before);
    }

    @Test
    @Order(15)
    void only_the_lesson_differs_from_stage_2() {
        StageFolder before = StageFolder.of(2);
        StageFolder now = StageFolder.of(3);

        assertThat(now.appWithoutTheLesson()).isEqualTo(before.appWithoutTheLesson());
        assertThat(now.buildFile()).isEqualTo(before.buildFile());
    }
}
