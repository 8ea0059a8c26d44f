package logout.stage02;

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

@DisplayName("Stage 2, for a single page app: what POST /api/logout leaves behind")
class SpaLogoutTest extends EndOfSessionTest {

    SpaLogoutTest() {
        super(RunningStage.of(SpaLogoutApp.STAGE, SpaLogoutTest::addAnother));
    }

    /** Beside the stage's own logout, one that forgets its reply: Spark takes null for "no such route". */
    private static void addAnother(Service spark, LoginApp app) {
        spark.post("/api/logout-without-reply", (request, response) -> {
            Sessions.renew(request);
            return null;
        });
    }

    @Test
    @Order(4)
    void the_reply_sets_the_session_cookie_once_and_to_a_new_id_which_replaces_the_old_one_in_the_browser() {
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
    @Order(11)
    void a_cookie_whose_row_is_gone_already_stays_in_the_browser_for_there_is_nothing_to_renew() {
        ada.copy().post("/api/logout");
        String dangling = ada.sessionCookie();

        Response reply = ada.post("/api/logout");

        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(ada.setCookies(reply)).isEmpty();
        assertThat(ada.sessionCookie()).isNotNull().isEqualTo(dangling);
    }

    @Test
    @Order(12)
    void a_route_that_forgets_its_reply_says_not_found_and_has_logged_the_user_out_all_the_same() {
        Response reply = ada.post("/api/logout-without-reply");

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(ada.setCookies(reply)).singleElement().asString().doesNotContain("Max-Age=0");
        assertThat(stage.rows()).containsExactly(stage.rowOf(ada));
        assertThat(ada.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
    }
}
