package logout.stage03;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import logout.experiment.StoredSession;
import logout.testing.EndOfSessionTest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import spark.Service;

@DisplayName("Stage 3, clear the cookie: what POST /api/logout leaves behind")
class ClearCookieTest extends EndOfSessionTest {

    ClearCookieTest() {
        super(RunningStage.of(ClearCookieApp.STAGE, ClearCookieTest::addOthers));
    }

    /** Beside the stage's own logout, three that look as if they did as well. */
    private static void addOthers(Service spark, LoginApp app) {
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
}
