package logout.systemtests.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import logout.sidebyside.Logout;
import logout.systemtests.People;
import logout.testing.Browser;
import logout.testing.Person;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A session that nobody uses for half an hour")
@ParameterizedClass(name = "{0}")
@EnumSource(Logout.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdleSessionTest {

    @Parameter
    Logout logout;

    @AutoClose
    private RunningStage app;

    private Person person;
    private Browser ada;
    private String cookie;

    @BeforeParameterizedClassInvocation
    void start() {
        person = People.loggingOutBy(logout);
        app = RunningStage.of(logout.stage());
        app.start();
    }

    @BeforeEach
    void only_ada_is_logged_in_and_keeps_a_note() {
        app.empty();
        ada = app.newBrowser();
        person.logIn(ada);
        person.keepNote(ada, "buy milk");
        cookie = ada.sessionCookie();
        assertThat(app.rowOf(ada).user()).isEqualTo("ada");
    }

    @Test
    @Order(1)
    void lets_nobody_in_while_its_row_is_still_there() {
        app.letSessionsRunOut();
        for (String path : paths()) {
            // A copy of the row, for the first request with it is its end.
            String id = "copy" + path.replace('/', '-');
            app.addRow(id, Instant.now());
            ada.holding(id);
            assertThat(app.rowOf(ada).note()).isEqualTo("buy milk");

            assertShowsNothing(ada, path);

            assertThat(app.rowOf(ada)).as("after %s", path).isNull();
        }
    }

    @Test
    @Order(2)
    void loses_its_row_to_the_sweep_and_gets_no_new_one() {
        app.letSessionsRunOut();
        assertThat(app.rows()).as("before the sweep").hasSize(1);

        app.sweep();

        assertThat(app.rows()).isEmpty();
        for (String path : paths()) {
            assertShowsNothing(ada, path);
        }
        assertThat(app.rows()).isEmpty();
    }

    @Test
    @Order(3)
    void leaves_its_cookie_in_the_browser_pointing_to_nothing_until_the_next_login() {
        app.letSessionsRunOut();
        app.sweep();

        assertThat(ada.setCookies(ada.get("/api/me"))).isEmpty();
        assertThat(ada.sessionCookie()).isEqualTo(cookie);
        assertThat(app.rowOf(ada)).isNull();

        person.logIn(ada);
        assertThat(ada.sessionCookie()).isNotEqualTo(cookie);
        assertThat(app.rows()).hasSize(1);
    }

    @Test
    @Order(4)
    void can_be_logged_out_of_as_if_it_were_there_and_no_row_comes_of_it() {
        app.letSessionsRunOut();

        Response reply = person.logOut(ada);

        assertThat(reply.statusCode()).isEqualTo(logout.onPlainSite() ? 302 : 204);
        assertThat(app.rows()).isEmpty();
    }

    @Test
    @Order(5)
    void takes_no_session_with_it_that_is_in_use() {
        app.letSessionsRunOut();
        Browser later = app.newBrowser();
        person.logIn(later);

        app.sweep();

        assertThat(app.rows()).hasSize(1);
        assertThat(app.rowOf(later).user()).isEqualTo("ada");
        later.get("/api/me").then().statusCode(200);
    }

    /** Where a user sees something personal. */
    private List<String> paths() {
        return List.of("/api/me", "/api/note", logout.onPlainSite() ? "/profile" : "/");
    }

    private static void assertShowsNothing(Browser browser, String path) {
        Response reply = browser.get(path);
        int status = Map.of("/api/me", 401, "/profile", 302).getOrDefault(path, 200);
        assertThat(reply.statusCode()).as(path).isEqualTo(status);
        assertThat(reply.asString()).doesNotContain("id=\"who\">ada").doesNotContain("milk");
        assertThat(browser.setCookies(reply)).as("set by %s", path).isEmpty();
    }
}
