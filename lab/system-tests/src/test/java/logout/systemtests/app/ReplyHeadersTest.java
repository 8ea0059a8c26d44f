package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import logout.testing.CapturedLog;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of every reply, whatever it says. */
@Isolated("captures the log")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplyHeadersTest {

    @AutoClose
    private final RunningApp app = RunningApp.start();

    private final String cookie = app.logIn("ada");

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "HEAD, /, 200",
        "GET, /profile, 200",
        "GET, /api/me, 200",
        "GET, /api/note, 200",
        "GET, /docs/, 200",
        "GET, /docs/images/stage-4-after.png, 200",
        "GET, /unknown, 404",
        "GET, /api/unknown, 404",
        "GET, /logout, 405",
        "PUT, /api/note, 415",
        "GET, /api/fault, 500",
        "GET, /incomplete, 500",
    })
    void a_page_an_api_reply_or_an_error_is_not_kept_and_not_framed(String method, String address, int status) {
        RawReply reply = app.raw(method, address).cookie(cookie).send();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertGuarded(reply);
    }

    @Test
    void so_is_a_redirect_whose_address_is_relative() {
        RawReply anonymous = app.raw("GET", "/profile").send();

        assertThat(anonymous.status()).isEqualTo(302);
        assertThat(anonymous.header("Location")).isEqualTo("/");
        assertThat(anonymous.header("Cache-Control")).isEqualTo("no-store");
        assertGuarded(anonymous);
    }

    @Test
    void so_are_the_replies_to_login_note_and_logout() {
        String form = "application/x-www-form-urlencoded";
        RawReply login = app.raw("POST", "/login").send(form, "username=ada&password=analytical-engine");
        String own = RunningApp.newCookie(login);
        RawReply note = app.raw("POST", "/note").cookie(own).send(form, "note=milk");
        RawReply logout = app.raw("POST", "/logout").cookie(own).send();
        String renewed = RunningApp.newCookie(logout);
        RawReply apiLogout = app.raw("POST", "/api/logout").cookie(renewed).send();

        assertThat(login.header("Location")).isEqualTo("/profile");
        assertThat(note.header("Location")).isEqualTo("/profile");
        assertThat(logout.header("Location")).isEqualTo("/");
        assertThat(apiLogout.status()).isEqualTo(204);
        for (RawReply reply : new RawReply[] {login, note, logout, apiLogout}) {
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertGuarded(reply);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "page.css, text/css;charset=utf-8",
        "view.js, text/javascript;charset=utf-8",
        "favicon.svg, image/svg+xml",
    })
    void an_asset_is_asked_for_again_and_sent_again_where_it_is_another(String name, String type) {
        RawReply reply = app.raw("GET", "/assets/" + name).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type").replace("; ", ";")).isEqualToIgnoringCase(type);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
        assertGuarded(reply);

        String tag = reply.header("ETag");
        RawReply same = app.raw("GET", "/assets/" + name)
                .header("If-None-Match", tag)
                .header("Accept-Encoding", "gzip")
                .send();
        RawReply another = app.raw("GET", "/assets/" + name)
                .header("If-None-Match", "\"another\"")
                .send();

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(same.headers("Content-Encoding")).isEmpty();
        assertThat(same.header("Content-Type")).isEqualTo(reply.header("Content-Type"));
        assertGuarded(same);
        assertThat(another.status()).isEqualTo(200);
        assertThat(another.body()).isEqualTo(reply.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip;q=0", "identity, gzip;q=0", "br", "*;q=0, identity", "not-gzip"})
    void an_asset_is_not_compressed_for_who_does_not_accept_it(String accepted) {
        RawReply plain = app.raw("GET", "/assets/page.css").send();

        RawReply reply = app.raw("GET", "/assets/page.css")
                .header("Accept-Encoding", accepted)
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers("Content-Encoding")).isEmpty();
        assertThat(reply.body()).isEqualTo(plain.body()).contains("{");
    }

    @Test
    void what_jetty_refuses_itself_is_not_kept_and_not_framed_either() {
        RawReply unreadable =
                app.raw("GET", "/").header("X-Long", "a".repeat(40_000)).send();
        String second = app.logIn("grace");
        RawReply[] answer = new RawReply[1];
        String log = CapturedLog.during(() -> answer[0] = app.raw("GET", "/")
                .header("Cookie", TestStage.COOKIE + "=" + cookie + "; " + TestStage.COOKIE + "=" + second)
                .send());
        RawReply twoSessions = answer[0];

        assertThat(unreadable.status()).isEqualTo(431);
        assertThat(twoSessions.status()).isEqualTo(400);
        assertThat(twoSessions.body()).isEqualTo("Bad Request.");
        assertThat(twoSessions.headers() + log).doesNotContain(cookie, second);
        for (RawReply reply : new RawReply[] {unreadable, twoSessions}) {
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertGuarded(reply);
        }
    }

    @Test
    void a_fault_is_reported_without_its_details() {
        RawReply[] reply = new RawReply[1];

        String log = CapturedLog.during(
                () -> reply[0] = app.raw("GET", "/api/fault").cookie(cookie).send());

        assertThat(reply[0].body())
                .isEqualTo("{\"error\":\"This app has a fault and could not answer. Its log says more.\"}");
        assertThat(log).contains("an internal detail").doesNotContain(cookie);
    }

    private static void assertGuarded(RawReply reply) {
        assertThat(reply.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(reply.headers("Server")).isEmpty();
        assertThat(reply.headers("X-Powered-By")).isEmpty();
    }
}
