package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import logout.experiment.StoredSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LoginTest {

    @AutoClose
    private final RunningApp app = RunningApp.start();

    @Test
    void every_login_begins_a_session_under_a_new_id() {
        String first = app.logIn("ada");
        String second = app.logIn("ada");

        assertThat(second).isNotEqualTo(first);
        assertThat(app.rows()).extracting(StoredSession::id).containsExactlyInAnyOrder(first, second);
        assertThat(app.userOf(first)).as("the other session of the same user").isEqualTo("ada");
    }

    @Test
    void a_json_object_and_a_form_log_in_alike() {
        Response json = app.anonymous()
                .contentType("application/json")
                .body("{\"username\":\"grace\",\"password\":\"nanoseconds\"}")
                .post("/api/login");

        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.asString()).isEqualTo("{\"user\":\"grace\"}");
        assertThat(app.userOf(RunningApp.newCookie(json))).isEqualTo("grace");
        assertThat(app.userOf(app.logIn("grace"))).isEqualTo("grace");
    }

    @Test
    void the_page_s_form_leads_to_the_profile() {
        Response reply = app.anonymous()
                .formParam("username", "ada")
                .formParam("password", "analytical-engine")
                .post("/login");

        assertThat(reply.statusCode()).isEqualTo(302);
        assertThat(reply.header("Location")).isEqualTo("/profile");
        String cookie = RunningApp.newCookie(reply);
        assertThat(app.with(cookie).get("/profile").asString()).contains("Profile of ada");
    }

    @Test
    void an_id_from_before_the_login_is_refused_after_it() {
        String known = anonymousSession();

        String cookie = app.logIn(app.with(known), "ada");

        assertThat(cookie).isNotEqualTo(known);
        assertThat(app.userOf(known)).isNull();
        assertThat(app.onlyRow().id()).isEqualTo(cookie);
    }

    @Test
    void a_note_from_before_the_login_does_not_live_on() {
        String before = anonymousSession();
        app.keepNote(before, "someone else's");

        String cookie = app.logIn(app.with(before), "ada");

        assertThat(app.noteOf(cookie)).isNull();
        assertThat(app.noteOf(before)).isNull();
        assertThat(app.onlyRow().note()).isNull();
    }

    @Test
    void logging_in_while_logged_in_ends_the_old_session() {
        String old = app.logIn("ada");
        app.keepNote(old, "ada's");

        String cookie = app.logIn(app.with(old), "grace");

        assertThat(cookie).isNotEqualTo(old);
        assertThat(app.userOf(old)).isNull();
        assertThat(app.noteOf(cookie)).isNull();
        assertThat(app.onlyRow().user()).isEqualTo("grace");
    }

    @Test
    void an_invented_id_is_never_adopted() {
        for (String invented : List.of("invented", "node0invented0", "node0invented0.node0")) {
            String cookie = app.logIn(app.with(invented), "ada");

            assertThat(cookie).doesNotContain("invented");
            assertThat(app.userOf(invented)).isNull();
        }
        assertThat(app.rows()).extracting(StoredSession::id).noneMatch(id -> id.contains("invented"));
    }

    @Test
    void a_refused_login_leaves_the_one_who_is_logged_in_alone() {
        String cookie = app.logIn("ada");
        List<StoredSession> before = app.rows();

        Response reply = app.with(cookie)
                .formParam("username", "grace")
                .formParam("password", "wrong")
                .post("/api/login");

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.headers().getValues("Set-Cookie")).isEmpty();
        assertThat(app.userOf(cookie)).isEqualTo("ada");
        assertThat(app.rows()).isEqualTo(before);
    }

    @Test
    void a_wrong_password_and_an_unknown_name_get_the_same_reply() {
        Response wrong = app.anonymous()
                .formParam("username", "ada")
                .formParam("password", "wrong")
                .post("/api/login");
        Response unknown = app.anonymous()
                .formParam("username", "nobody")
                .formParam("password", "wrong")
                .post("/api/login");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.asString())
                .isEqualTo(wrong.asString())
                .isEqualTo("{\"error\":\"That name and password do not match.\"}");
    }

    @Test
    void a_refused_form_shows_the_page_again_with_the_reason_and_the_name() {
        Response reply = app.anonymous()
                .formParam("username", "nobody")
                .formParam("password", "wrong")
                .post("/login");

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.asString())
                .contains("Home page", "That name and password do not match.", "value=\"nobody\"")
                .doesNotContain("wrong");
    }

    @Test
    void a_password_that_bcrypt_would_cut_is_refused_with_a_sentence() {
        Response reply = app.anonymous()
                .formParam("username", "ada")
                .formParam("password", "a".repeat(73))
                .post("/api/login");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.asString()).isEqualTo("{\"error\":\"A password has at most 72 bytes.\"}");
        assertThat(app.rows()).isEmpty();
    }

    @Test
    void a_name_and_password_in_the_address_do_not_log_in() {
        Response reply = app.anonymous()
                .contentType("application/x-www-form-urlencoded")
                .post("/api/login?username=ada&password=analytical-engine");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(app.rows()).isEmpty();
    }

    /** Someone's session without a user, whose id is known from before a login. */
    private String anonymousSession() {
        String loggedIn = app.logIn("grace");
        String anonymous = RunningApp.newCookie(app.with(loggedIn).post("/logout"));
        assertThat(app.userOf(anonymous)).isNull();
        assertThat(app.onlyRow().id()).isEqualTo(anonymous);
        return anonymous;
    }
}
