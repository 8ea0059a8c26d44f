package logout.trust.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import logout.sidebyside.Logout;
import logout.testing.Browser;
import logout.testing.Person;
import logout.testing.RunningStage;
import logout.trust.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A session that nobody uses for half an hour")
@ParameterizedClass(name = "{0}")
@EnumSource(Logout.class)
class IdleSessionTest {

    private final Logout logout;
    private final Person person;

    @RegisterExtension
    final RunningStage app;

    private Browser ada;
    private String cookie;

    IdleSessionTest(Logout logout) {
        this.logout = logout;
        this.person = People.loggingOutBy(logout);
        this.app = RunningStage.of(logout.stage());
    }

    @BeforeEach
    void ada_is_logged_in_and_keeps_a_note() {
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

        for (String path : List.of("/api/me", "/api/note", "/")) {
            assertThat(app.rows()).hasSizeLessThanOrEqualTo(1);
            assertShowsNothing(ada.copy(), path);
        }
        assertThat(app.rows()).isEmpty();
    }

    @Test
    @Order(2)
    void loses_its_row_to_the_sweep_and_gets_no_new_one() {
        app.letSessionsRunOut();
        assertThat(app.rows()).as("before the sweep").hasSize(1);

        app.sweep();

        assertThat(app.rows()).isEmpty();
        for (String path : List.of("/api/me", "/api/note", "/")) {
            assertShowsNothing(ada.copy(), path);
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

    private void assertShowsNothing(Browser browser, String path) {
        Response reply = browser.get(path);
        assertThat(reply.statusCode()).isEqualTo(path.equals("/api/me") ? 401 : 200);
        assertThat(reply.asString()).doesNotContain("id=\"who\">ada").doesNotContain("milk");
        assertThat(browser.setCookies(reply)).isEmpty();
    }
}
