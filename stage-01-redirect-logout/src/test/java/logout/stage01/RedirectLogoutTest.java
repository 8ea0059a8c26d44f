package logout.stage01;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import logout.experiment.RequestInFlight;
import logout.testing.Browser;
import logout.testing.EndOfSessionTest;
import logout.testing.LogoutTest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@DisplayName("Stage 1, redirect only")
class RedirectLogoutTest {

    @Nested
    @Order(1)
    @DisplayName("What GET /logout leaves behind, freeCodeCamp's way")
    class GetLogout extends LogoutTest {

        GetLogout() {
            super(RunningStage.of(RedirectLogoutApp.STAGE), "GET");
        }

        @Test
        @Order(1)
        void before_the_logout_the_profile_shows_the_user_and_the_note() {
            Response profile = ada.get("/profile");

            assertThat(profile.statusCode()).isEqualTo(200);
            assertThat(profile.header("Cache-Control")).isEqualTo("no-store");
            assertThat(profile.body().asString()).contains("ada", "buy milk");
        }

        @Test
        @Order(1)
        void a_stranger_is_sent_from_the_profile_to_the_home_page_and_leaves_neither_cookie_nor_row() {
            Browser stranger = stage.newBrowser();

            Response profile = stranger.get("/profile");

            assertThat(profile.statusCode()).isEqualTo(302);
            assertThat(profile.header("Location")).isEqualTo("/");
            assertThat(stranger.get("/").asString()).contains("Home page").doesNotContain("buy milk");
            assertThat(stranger.sessionCookie()).isNull();
            assertThat(stage.rows()).hasSize(1);
        }

        @Test
        @Order(4)
        void the_reply_does_not_set_the_session_cookie_so_the_browser_keeps_the_old_one() {
            assertThat(ada.setCookies(ada.get("/logout"))).isEmpty();

            assertThat(ada.sessionCookie()).isEqualTo(rowBefore.id());
        }

        @Test
        @Order(5)
        void the_old_row_stays_without_the_user_but_with_the_note_and_no_new_one_is_there() {
            ada.get("/logout");

            assertThat(stage.rows()).singleElement().satisfies(row -> {
                assertThat(row.id()).isEqualTo(rowBefore.id());
                assertThat(row.user()).isNull();
                assertThat(row.note()).isEqualTo("buy milk");
            });
        }

        @Test
        @Order(6)
        void a_replay_of_the_old_cookie_is_not_logged_in_but_reads_the_note() {
            assertThat(thief.get("/api/me").statusCode()).isEqualTo(200);

            ada.get("/logout");

            assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
            assertThat(thief.get("/profile").header("Location")).isEqualTo("/");
            assertThat(thief.note()).isEqualTo("buy milk");
        }

        @Test
        @Order(7)
        void a_save_in_flight_during_the_logout_brings_the_user_back() {
            try (RequestInFlight save = ada.beginToSave("saved too late")) {
                ada.get("/logout");
                assertThat(ada.get("/api/me").statusCode()).isEqualTo(401);

                assertThat(save.finish()).isEqualTo(302);
            }
            assertThat(ada.user()).isEqualTo("ada");
            assertThat(stage.rowOf(ada).user()).isEqualTo("ada");
        }

        @Test
        @Order(8)
        void a_link_on_another_site_logs_the_user_out() {
            Response reply = ada.request()
                    .header("Referer", "http://elsewhere.example/")
                    .header("Sec-Fetch-Site", "cross-site")
                    .header("Sec-Fetch-Mode", "navigate")
                    .get("/logout");

            assertThat(reply.statusCode()).isEqualTo(302);
            assertThat(ada.get("/api/me").statusCode()).isEqualTo(401);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("What POST /logout leaves behind, Passport's way")
    class PostLogout extends EndOfSessionTest {

        PostLogout() {
            super(RunningStage.of(RedirectLogoutApp.STAGE));
        }

        @Test
        @Order(4)
        void the_reply_sets_the_session_cookie_once_and_to_a_new_id_which_replaces_the_old_one_in_the_browser() {
            Response reply = ada.post("/logout");

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
            ada.post("/logout");

            assertThat(stage.rows()).singleElement().satisfies(row -> {
                assertThat(row.id()).isNotEqualTo(rowBefore.id());
                assertThat(row.user()).isNull();
                assertThat(row.note()).isNull();
                assertThat(row).isEqualTo(stage.rowOf(ada));
            });
        }
    }
}
