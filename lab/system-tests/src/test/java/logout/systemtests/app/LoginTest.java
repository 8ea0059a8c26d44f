package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.Json;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginTest {

    private static final String PASSWORD = "nanoseconds";

    static final List<Call> LOGINS = List.of(
            PageProtocol.CLASSIC.logIn("grace", PASSWORD),
            PageProtocol.SINGLE_PAGE.logIn("grace", PASSWORD),
            Call.form("/api/login", Map.of("username", "grace", "password", PASSWORD)));

    @AutoClose
    private final RunningStage stage = RunningStage.of(TestStage.STAGE).start();

    @BeforeEach
    void nobody_has_been_here_yet() {
        stage.empty();
    }

    @ParameterizedTest
    @FieldSource("LOGINS")
    void a_form_and_a_json_object_log_in_alike_with_one_cookie_also_over_an_old_session(Call login) {
        for (Browser grace : List.of(stage.newBrowser(), stage.newBrowser().logIn())) {
            Response reply = grace.send(login);

            assertSetsOneSessionCookie(reply);
            assertThat(grace.user()).isEqualTo("grace");
            if (login.path().equals("/login")) {
                assertThat(reply.header("Location")).isEqualTo("/profile");
                assertThat(grace.get("/profile").asString()).contains("Profile of grace");
            } else {
                assertThat(reply.asString()).isEqualTo("{\"user\":\"grace\"}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-Proto, https", "X-Forwarded-Ssl, on", "Forwarded, proto=https"})
    void what_a_proxy_would_say_of_https_is_not_believed_for_anybody_can_say_it(String header, String value) {
        assertSetsOneSessionCookie(stage.newBrowser()
                .request()
                .header(header, value)
                .formParams("username", "ada", "password", "analytical-engine")
                .post("/api/login"));
    }

    private static void assertSetsOneSessionCookie(Response reply) {
        // Neither Secure over http, nor Domain, nor an age: it ends with the browser.
        assertThat(reply.headers().getValues("Set-Cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.split("; ?"))
                        .containsExactlyInAnyOrder(cookie.split(";")[0], "Path=/", "HttpOnly", "SameSite=Lax"))
                .asString()
                .matches("stage-09\\.sid=[0-9a-z]{20,};.*");
    }

    @Test
    void every_login_begins_a_session_under_a_new_id() {
        Browser laptop = stage.newBrowser().logIn();
        Browser phone = stage.newBrowser().logIn();

        assertThat(phone.sessionCookie()).isNotEqualTo(laptop.sessionCookie());
        assertThat(stage.rows())
                .extracting(StoredSession::id)
                .containsExactly(laptop.sessionCookie(), phone.sessionCookie());
        assertThat(laptop.user()).as("the other session of the same user").isEqualTo("ada");
    }

    @Test
    void an_id_from_before_the_login_is_refused_after_it() {
        Browser ada = stage.newBrowser().logIn();
        ada.post("/logout");
        ada.keepNote("someone else's").then().statusCode(200);
        Browser whoKnewTheId = ada.copy();
        assertThat(whoKnewTheId.user()).isNull();
        assertThat(whoKnewTheId.note()).isEqualTo("someone else's");

        assertNothingOfItLivesOn(ada, whoKnewTheId);
    }

    @Test
    void logging_in_while_logged_in_ends_the_old_session() {
        Browser ada = stage.newBrowser().logIn();
        ada.keepNote("ada's").then().statusCode(200);

        assertNothingOfItLivesOn(ada, ada.copy());
    }

    private void assertNothingOfItLivesOn(Browser browser, Browser before) {
        browser.logIn(DemoAccount.ALL.get(1));

        assertThat(browser.sessionCookie()).isNotEqualTo(before.sessionCookie());
        assertThat(browser.user()).isEqualTo("grace");
        assertThat(before.user()).isNull();
        assertThat(before.note()).isNull();
        assertThat(stage.rows()).singleElement().satisfies(row -> {
            assertThat(row).isEqualTo(stage.rowOf(browser));
            assertThat(row.note()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"invented", "node0invented0", "node0invented0.node0"})
    void an_invented_id_is_never_adopted(String invented) {
        Browser ada = stage.newBrowser().holding(invented);
        Browser whoInventedIt = ada.copy();

        ada.logIn();

        assertThat(ada.sessionCookie()).doesNotContain("invented");
        assertThat(whoInventedIt.user()).isNull();
        assertThat(stage.rows()).containsExactly(stage.rowOf(ada));
    }

    /** Of a password, bcrypt would cut what is too long. */
    @ParameterizedTest
    @CsvSource({
        "ada, 5, 401, That name and password do not match.",
        "nobody, 5, 401, That name and password do not match.",
        "ada, 73, 400, A password has at most 72 bytes.",
    })
    void a_refused_login_says_why_and_changes_nothing(String name, int length, int status, String why) {
        Browser ada = stage.newBrowser().logIn();
        List<StoredSession> before = stage.rows();
        String password = "w".repeat(length);

        Response api = ada.send(PageProtocol.SINGLE_PAGE.logIn(name, password));
        Response page = ada.send(PageProtocol.CLASSIC.logIn(name, password));

        assertThat(Json.of(api).text("error")).isEqualTo(why);
        assertThat(page.asString()).contains(why).doesNotContain(password);
        if (status == 401) {
            assertThat(page.asString()).contains("Home page", "value=\"" + name + "\"");
        }
        for (Response reply : List.of(api, page)) {
            assertThat(reply.statusCode()).isEqualTo(status);
            assertThat(reply.headers().getValues("Set-Cookie")).isEmpty();
        }
        assertThat(ada.user()).isEqualTo("ada");
        assertThat(stage.rows()).isEqualTo(before);
    }

    @Test
    void a_name_and_password_in_the_address_do_not_log_in() {
        Response reply = stage.newBrowser()
                .request()
                .contentType("application/x-www-form-urlencoded")
                .post("/api/login?username=ada&password=analytical-engine");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(stage.rows()).isEmpty();
    }

    // Who is not logged in leaves nothing behind: no cookie in the browser, no row in the session store.

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
