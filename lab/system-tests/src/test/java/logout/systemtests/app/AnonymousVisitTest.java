package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.PageProtocol;
import logout.testing.Browser;
import logout.testing.RunningStage;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is not logged in leaves nothing behind: no cookie in the browser, no row in the session store. */
class AnonymousVisitTest {

    @RegisterExtension
    final RunningStage stage = RunningStage.of(TestStage.STAGE);

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
        assertLeavesNothing(Call.of(method, address), status);
    }

    static Stream<Call> loginsAndNotes() {
        return Stream.of(PageProtocol.values())
                .flatMap(pages -> Stream.of(pages.logIn("ada", "wrong"), pages.keepNote("mine")));
    }

    @ParameterizedTest
    @MethodSource("loginsAndNotes")
    void nor_does_a_refused_login_or_a_note_without_a_session(Call call) {
        assertLeavesNothing(call, 401);
    }

    private void assertLeavesNothing(Call call, int status) {
        List<Browser> nobody = List.of(
                stage.newBrowser(),
                stage.newBrowser().holding("garbage"),
                stage.newBrowser().holding(""));
        for (Browser browser : nobody) {
            Response reply = browser.send(call);

            assertThat(reply.statusCode()).isEqualTo(status);
            // A logout may tell the browser to drop a cookie that it does not have; nothing may set one.
            assertThat(reply.headers().getValues("Set-Cookie"))
                    .allMatch(cookie -> cookie.startsWith("stage-09.sid=;") && cookie.contains("Max-Age=0"));
            assertThat(stage.rows()).isEmpty();
        }
    }
}
