package logout.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import logout.stage04.DestroySessionApp;
import logout.testing.Browser;
import logout.testing.RunningStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import spark.Request;
import spark.Service;

/** What clearing, renewing and destroying leave behind in ways that no stage and none of its tests has. */
@DisplayName("The steps of a logout in other orders")
class StepsInAnotherOrderTest {

    @RegisterExtension
    final RunningStage stage = RunningStage.of(DestroySessionApp.STAGE, StepsInAnotherOrderTest::moreRoutes);

    private Browser ada;
    private String cookieBefore;
    private Browser thief;

    private static void moreRoutes(Service spark, LoginApp app) {
        spark.post("/api/destroy", (request, response) -> {
            request.session(false).invalidate();
            return "";
        });
        spark.post("/api/clear-then-destroy", (request, response) -> {
            response.removeCookie(app.cookie().path(), app.cookie().name());
            request.session(false).invalidate();
            return "";
        });
        spark.post("/api/destroy-then-ask", (request, response) -> {
            request.session(false).invalidate();
            return answerOfTheNextSession(request);
        });
        spark.post("/api/destroy-behind-spark-then-ask", (request, response) -> {
            request.session(false).raw().invalidate();
            return answerOfTheNextSession(request);
        });
    }

    private static String answerOfTheNextSession(Request request) {
        try {
            return "user: " + request.session().attribute(Sessions.USER);
        } catch (IllegalStateException e) {
            return "a dead session";
        }
    }

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        ada = stage.newBrowser();
        ada.logIn();
        ada.keepNote("buy milk");
        cookieBefore = ada.sessionCookie();
        thief = ada.copy();
        assertThat(thief.user()).isEqualTo("ada");
    }

    @Test
    void destroying_alone_leaves_a_cookie_that_points_to_no_row() {
        assertThat(setCookiesOf("/api/destroy")).isEmpty();

        assertThat(ada.sessionCookie()).isEqualTo(cookieBefore);
        assertThat(stage.rows()).isEmpty();
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void clearing_then_destroying_leaves_nothing_for_no_new_session_overwrites_the_deletion() {
        assertThat(setCookiesOf("/api/clear-then-destroy"))
                .singleElement()
                .asString()
                .contains("Max-Age=0");

        assertThat(ada.sessionCookie()).isNull();
        assertThat(stage.rows()).isEmpty();
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void asking_for_the_session_after_destroying_it_begins_a_new_one() {
        assertThat(ada.post("/api/destroy-then-ask").body().asString()).isEqualTo("user: null");

        assertThat(ada.sessionCookie()).isNotNull().isNotEqualTo(cookieBefore);
        assertThat(stage.rowOf(ada)).isNotNull();
    }

    @Test
    void a_session_that_is_destroyed_behind_spark_s_back_is_handed_out_again_dead() {
        assertThat(ada.post("/api/destroy-behind-spark-then-ask").body().asString())
                .isEqualTo("a dead session");
    }

    private List<String> setCookiesOf(String logout) {
        Response reply = ada.post(logout);
        assertThat(reply.statusCode()).isEqualTo(200);
        return ada.setCookies(reply);
    }
}
