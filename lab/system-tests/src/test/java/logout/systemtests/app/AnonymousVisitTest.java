package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not logged in leaves nothing behind: no cookie in the browser, no row in the session store. */
class AnonymousVisitTest {

    @AutoClose
    private final RunningApp app = RunningApp.start();

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /profile, 302",
        "GET, /api/me, 401",
        "GET, /api/note, 200",
        "GET, /assets/page.css, 200",
        "GET, /unknown, 404",
        "GET, /api/fault, 500",
        "HEAD, /, 200",
        "POST, /logout, 302",
        "POST, /api/logout, 204",
    })
    void a_visit_leaves_nothing(String method, String address, int status) {
        assertLeavesNothing(status, () -> app.anonymous().request(method, address));
        assertLeavesNothing(status, () -> app.with("garbage").request(method, address));
        assertLeavesNothing(status, () -> app.with("").request(method, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/api/login"})
    void a_refused_login_leaves_nothing(String address) {
        for (RequestSpecification request : List.of(app.anonymous(), app.with("garbage"))) {
            assertLeavesNothing(
                    401,
                    () -> request.formParam("username", "ada")
                            .formParam("password", "wrong")
                            .post(address));
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, /note", "PUT, /api/note"})
    void a_note_without_a_session_leaves_nothing(String method, String address) {
        String type = method.equals("PUT") ? "application/json" : "application/x-www-form-urlencoded";
        String body = method.equals("PUT") ? "{\"note\":\"mine\"}" : "note=mine";
        for (RequestSpecification request : List.of(app.anonymous(), app.with("garbage"))) {
            assertLeavesNothing(401, () -> request.contentType(type).body(body).request(method, address));
        }
    }

    private void assertLeavesNothing(int status, Supplier<Response> visit) {
        assertThat(app.rows()).isEmpty();

        Response reply = visit.get();

        assertThat(reply.statusCode()).isEqualTo(status);
        // A logout may tell the browser to drop a cookie that it does not have; nothing may set one.
        assertThat(reply.headers().getValues("Set-Cookie"))
                .allMatch(cookie -> cookie.startsWith("stage-09.sid=;") && cookie.contains("Max-Age=0"));
        assertThat(app.rows()).isEmpty();
    }
}
