package logout.stage04;

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

@DisplayName("Stage 4, destroy the session: what POST /api/logout leaves behind")
class DestroySessionTest {

    /** Beside the stage's own logout, the order of the article's final answer: clear, renew, destroy. */
    @RegisterExtension
    final RunningStage stage = RunningStage.of(DestroySessionApp.STAGE, (spark, app) -> {
        // tag::article[]
        spark.post("/api/logout-as-in-the-article", (request, response) -> {
            response.removeCookie(app.cookie().path(), app.cookie().name());
            Sessions.renew(request);
            request.session(false).invalidate();
            response.status(204);
            return "";
        });
        // end::article[]
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
    void the_reply_sets_the_session_cookie_once_to_delete_it_and_it_is_gone_from_the_browser() {
        assertThat(ada.sessionCookie()).isNotNull();

        Response reply = ada.post("/api/logout");

        assertThat(ada.setCookies(reply))
                .singleElement()
                .asString()
                .startsWith(ada.sessionCookieName() + "=;")
                .contains("Path=/", "Max-Age=0");
        assertThat(ada.sessionCookie()).isNull();
    }

    @Test
    @Order(5)
    void the_old_row_is_gone_and_no_new_one_is_there() {
        assertThat(stage.rows()).isNotEmpty();

        ada.post("/api/logout");

        assertThat(stage.rows()).isEmpty();
    }

    @Test
    @Order(6)
    void looking_around_afterwards_brings_neither_cookie_nor_row_back() {
        ada.post("/api/logout");

        ada.get("/");
        ada.get("/api/me");
        ada.get("/api/note");
        ada.get("/no-such-page");

        assertThat(ada.sessionCookie()).isNull();
        assertThat(stage.rows()).isEmpty();
    }

    @Test
    @Order(7)
    void a_replay_of_the_old_cookie_finds_nothing() {
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(200);

        ada.post("/api/logout");

        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(thief.note()).isNull();
    }

    @Test
    @Order(8)
    void a_save_in_flight_during_the_logout_does_not_bring_the_user_back() {
        try (RequestInFlight save = beginToSave(ada, "saved too late")) {
            ada.post("/api/logout");

            assertThat(save.finish()).isEqualTo(401);
        }
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(stage.rows()).isEmpty();
    }

    @Test
    @Order(9)
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
    @Order(10)
    void logging_out_twice_or_without_a_session_gets_the_same_reply_and_no_row() {
        ada.post("/api/logout");
        assertThat(ada.post("/api/logout").statusCode()).isEqualTo(204);

        Browser stranger = stage.newBrowser();
        assertThat(stranger.post("/api/logout").statusCode()).isEqualTo(204);
        assertThat(stranger.sessionCookie()).isNull();
        assertThat(stage.rows()).isEmpty();
    }

    @Test
    @Order(11)
    void the_same_user_stays_logged_in_in_another_browser() {
        Browser phone = stage.newBrowser();
        logIn(phone);

        ada.post("/api/logout");

        assertThat(phone.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(12)
    void a_cookie_whose_row_is_gone_already_is_cleared_all_the_same() {
        ada.copy().post("/api/logout");
        assertThat(ada.sessionCookie()).isNotNull();

        Response reply = ada.post("/api/logout");

        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(ada.setCookies(reply)).singleElement().asString().contains("Path=/", "Max-Age=0");
        assertThat(ada.sessionCookie()).isNull();
    }

    @Test
    @Order(13)
    void the_order_of_the_article_ported_word_for_word_leaves_a_new_cookie_that_points_to_no_row() {
        String before = ada.sessionCookie();

        ada.post("/api/logout-as-in-the-article").then().statusCode(204);

        assertThat(ada.sessionCookie()).isNotNull().isNotEqualTo(before);
        assertThat(stage.rowOf(ada)).isNull();
        assertThat(stage.rows()).isEmpty();
    }

    @Test
    @Order(14)
    void only_the_lesson_differs_from_stage_3() {
        StageFolder before = StageFolder.of(3);
        StageFolder now = StageFolder.of(4);

        assertThat(now.appWithoutTheLesson()).isEqualTo(before.appWithoutTheLesson());
        assertThat(now.buildFile()).isEqualTo(before.buildFile());
    }
}
