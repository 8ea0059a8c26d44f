package logout.systemtests.app;

import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a browser sends as the session cookie: it is a session, or it is none. */
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
}
