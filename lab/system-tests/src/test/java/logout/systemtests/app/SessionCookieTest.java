package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {

    @AutoClose
    private final RunningApp app = RunningApp.start();

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/api/login"})
    void a_login_sets_one_cookie_and_says_for_whom_it_is(String address) {
        assertOneSessionCookie(logIn(address, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/api/login"})
    void a_login_over_an_old_session_sets_one_cookie_too(String address) {
        assertOneSessionCookie(logIn(address, app.logIn("grace")));
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-Proto, https", "X-Forwarded-Ssl, on", "Forwarded, proto=https"})
    void what_a_proxy_would_say_of_https_is_not_believed_for_anybody_can_say_it(String header, String value) {
        assertOneSessionCookie(app.anonymous()
                .header(header, value)
                .formParam("username", "ada")
                .formParam("password", "analytical-engine")
                .post("/api/login"));
    }

    private Response logIn(String address, String cookie) {
        return app.with(cookie)
                .formParam("username", "ada")
                .formParam("password", "analytical-engine")
                .post(address);
    }

    private void assertOneSessionCookie(Response reply) {
        List<String> cookies = reply.headers().getValues("Set-Cookie");
        assertThat(cookies).hasSize(1);
        List<String> parts = Arrays.asList(cookies.get(0).split("; ?"));
        assertThat(parts.get(0)).matches("stage-09\\.sid=[0-9a-z]{20,}");
        // Neither Secure over http, nor Domain, nor an age: it ends with the browser.
        assertThat(parts.subList(1, parts.size())).containsExactlyInAnyOrder("Path=/", "HttpOnly", "SameSite=Lax");
        assertThat(app.userOf(RunningApp.newCookie(reply))).isEqualTo("ada");
    }
}
