package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import logout.testing.CapturedLog;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a browser sends as the session cookie: it is a session, or it is none. */
@Isolated("captures the log")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadCookieTest {

    @AutoClose
    private final Bystander bystander = new Bystander();

    private final RunningApp app = bystander.app();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "",
                ".",
                "..",
                "a.b.c",
                "\"quoted\"",
                "\"",
                "'; DROP TABLE stage_09_sessions; --",
                "%00",
                "../../etc/passwd",
                "a b",
                "a=b",
                "\u00e9",
                "\u00ff\u00fe",
            })
    void a_garbage_cookie_is_no_session(String value) {
        RawReply reply = app.raw("GET", "/api/me").cookie(value).send();

        bystander.assertRefused(reply, 401, 400);
    }

    @Test
    void a_huge_cookie_is_no_session() {
        bystander.assertRefused(
                app.raw("GET", "/api/me").cookie("a".repeat(30_000)).send(), 401);
        bystander.assertRefused(
                app.raw("GET", "/api/me").cookie("a".repeat(40_000)).send(), 431);
    }

    @Test
    void part_of_an_id_is_no_session() {
        String id = bystander.cookie();

        bystander.assertRefused(
                app.raw("GET", "/api/me").cookie(id.substring(1)).send(), 401);
        bystander.assertRefused(
                app.raw("GET", "/api/me")
                        .cookie(id.substring(0, id.length() - 1))
                        .send(),
                401);
        bystander.assertRefused(app.raw("GET", "/api/me").cookie(id + "%").send(), 401);
        bystander.assertRefused(
                app.raw("GET", "/api/me").cookie(id.replaceFirst("[a-z]", "_")).send(), 401);
    }

    @Test
    void another_cookie_s_value_is_no_session() {
        RawReply reply = app.raw("GET", "/api/me")
                .header("Cookie", "stage-01.sid=" + bystander.cookie() + "; JSESSIONID=" + bystander.cookie())
                .send();

        bystander.assertRefused(reply, 401);
    }

    @Test
    void garbage_beside_the_right_cookie_does_not_matter() {
        String right = TestStage.COOKIE + "=" + bystander.cookie();
        String garbage = TestStage.COOKIE + "=garbage";
        for (String cookies : new String[] {garbage + "; " + right, right + "; " + garbage, right + "; " + right}) {
            RawReply reply = app.raw("GET", "/api/me").header("Cookie", cookies).send();

            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"user\":\"ada\"}");
        }
        bystander.assertUnchanged();
    }

    @Test
    void two_sessions_at_once_are_refused_and_neither_is_named() {
        try (RunningApp own = RunningApp.start()) {
            String ada = own.logIn("ada");
            String grace = own.logIn("grace");
            RawReply[] reply = new RawReply[1];

            String log = CapturedLog.during(() -> reply[0] = own.raw("POST", "/api/logout")
                    .header("Cookie", TestStage.COOKIE + "=" + ada + "; " + TestStage.COOKIE + "=" + grace)
                    .send());

            assertThat(reply[0].status()).isEqualTo(400);
            assertThat(reply[0].header("Content-Type")).startsWith("text/plain");
            assertThat(reply[0].body() + reply[0].headers() + log)
                    .doesNotContain(ada)
                    .doesNotContain(grace);
            assertThat(reply[0].body()).isEqualTo("Bad Request.");
            assertThat(own.userOf(ada)).isEqualTo("ada");
            assertThat(own.userOf(grace)).isEqualTo("grace");
        }
    }
}
