package logout.stage04;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import logout.testing.EndOfSessionTest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import spark.Service;

@DisplayName("Stage 4, destroy the session: what POST /api/logout leaves behind")
class DestroySessionTest extends EndOfSessionTest {

    DestroySessionTest() {
        super(RunningStage.of(DestroySessionApp.STAGE, DestroySessionTest::addAnother));
    }

    /** Beside the stage's own logout, the order of the article's final answer: clear, renew, destroy. */
    private static void addAnother(Service spark, LoginApp app) {
        // tag::article[]
        spark.post("/api/logout-as-in-the-article", (request, response) -> {
            response.removeCookie(app.cookie().path(), app.cookie().name());
            Sessions.renew(request);
            request.session(false).invalidate();
            response.status(204);
            return "";
        });
        // end::article[]
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
}
