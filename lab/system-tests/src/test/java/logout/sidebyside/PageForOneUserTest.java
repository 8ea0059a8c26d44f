package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.testing.Browser;
import logout.testing.Json;
import logout.testing.RunningStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A page of the plain site")
class PageForOneUserTest {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\">");
    private static final Pattern LOGOUT_LINK = Pattern.compile("id=\"log-out-get\" href=\"([^\"]+)\"");

    @RegisterExtension
    final RunningStage stage = RunningStage.of(Logout.STAGE_1_GET.stage());

    private Browser browser;
    private String adasPage;

    @BeforeEach
    void shows_ada() {
        browser = stage.newBrowser().logIn();
        browser.keepNote("buy milk");
        browser.panel();
        adasPage = browser.get("/profile").asString();
        assertThat(adasPage).contains("<strong id=\"who\">ada</strong>", "buy milk");
    }

    private Response send(String path, Map<String, String> fields) {
        return browser.request()
                .contentType(ContentType.URLENC.withCharset(StandardCharsets.UTF_8))
                .formParams(fields)
                .post(path);
    }

    /** What the forms of ada's page send along by themselves. */
    private Map<String, String> hiddenFields() {
        return HIDDEN.matcher(adasPage)
                .results()
                .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2), (one, same) -> one));
    }

    private String linkOfTheLogout() {
        return LOGOUT_LINK.matcher(adasPage).results().findFirst().orElseThrow().group(1);
    }

    private Map<String, String> withNote(String note) {
        return Stream.of(hiddenFields(), Map.of("note", note))
                .flatMap(fields -> fields.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** In another tab: the browser is the same. */
    private void graceLogsIn() {
        send("/logout", Map.of()).then().statusCode(302);
        browser.logIn(DemoAccount.ALL.get(1));
    }

    private void assertNothingWasDone(Response reply, String who) {
        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(reply.contentType()).startsWith("text/html");
        assertThat(reply.asString())
                .contains("This page was made for ada, and now " + who
                        + " is logged in here. Nothing was done, and no note was saved.")
                .contains("href=\"/\"");
        assertThat(reply.headers().getValues("Set-Cookie")).isEmpty();
    }

    @Test
    @Order(1)
    void does_for_its_own_user_what_its_forms_and_its_link_say() {
        assertThat(send("/note", withNote("buy bread")).statusCode()).isEqualTo(302);
        assertThat(stage.rowOf(browser).note()).isEqualTo("buy bread");
        assertThat(browser.get(linkOfTheLogout()).statusCode()).isEqualTo(302);
        assertThat(stage.rowOf(browser).user()).isNull();
    }

    @Test
    @Order(2)
    void does_nothing_for_another_user_who_has_logged_in_since_in_another_tab() {
        graceLogsIn();

        assertNothingWasDone(send("/note", withNote("ada's secret")), "grace");
        assertNothingWasDone(send("/logout", hiddenFields()), "grace");
        assertNothingWasDone(browser.get(linkOfTheLogout()), "grace");

        assertThat(stage.rowOf(browser).user()).isEqualTo("grace");
        assertThat(stage.rowOf(browser).note()).isNull();
        assertThat(browser.panel().text("logout.user")).isEqualTo("ada");
    }

    @Test
    @Order(3)
    void writes_nothing_into_the_session_that_a_logout_in_another_tab_has_left() {
        browser.get("/logout").then().statusCode(302);

        assertNothingWasDone(send("/note", withNote("ada's secret")), "nobody");

        assertThat(stage.rowOf(browser).note()).isEqualTo("buy milk");
    }

    @ParameterizedTest(name = "{0} more than fits")
    @ValueSource(ints = {1, 20_000})
    @Order(4)
    void comes_back_with_the_reason_and_the_text_when_a_note_is_refused(int more) {
        String tooLong = "x".repeat(10_000 + more);

        Response reply = send("/note", withNote(tooLong));

        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(reply.contentType()).startsWith("text/html");
        assertThat(reply.asString())
                .contains("A note has at most 10,000 bytes.", tooLong, "id=\"save-note\"", "id=\"log-out-post\"");
        assertThat(stage.rowOf(browser).note()).isEqualTo("buy milk");
    }

    @Test
    @Order(5)
    void says_with_a_way_back_that_there_is_no_session_to_keep_a_note_in() {
        send("/logout", Map.of()).then().statusCode(302);
        stage.empty();

        Response reply = send("/note", Map.of("note", "lost?"));

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.contentType()).startsWith("text/html");
        assertThat(reply.asString()).contains("log in first", "href=\"/\"");
    }

    @Test
    @Order(6)
    void keeps_a_line_break_as_one_character_as_the_other_stages_do() {
        send("/note", withNote("a\r\n".repeat(4_000))).then().statusCode(302);

        assertThat(stage.rowOf(browser).note()).isEqualTo("a\n".repeat(4_000));
    }

    @Test
    @Order(7)
    void of_a_single_page_saves_no_note_into_the_session_of_another_user() {
        try (RunningStage single = RunningStage.of(Logout.STAGE_2.stage()).start()) {
            Browser ada = single.newBrowser().logIn();
            assertThat(put(ada, "ada").statusCode()).isEqualTo(200);
            assertThat(single.rowOf(ada).note()).isEqualTo("buy milk");

            Response reply = put(ada, "grace");

            assertThat(reply.statusCode()).isEqualTo(409);
            assertThat(Json.of(reply).text("error")).startsWith("This page was made for grace, and now ada");
            ada.post("/api/logout").then().statusCode(204);
            put(ada, "ada").then().statusCode(409);
            assertThat(single.rowOf(ada).note()).isNull();
        }
    }

    private static Response put(Browser at, String shownUser) {
        return at.send(Call.json("PUT", "/api/note", Map.of("note", "buy milk", "shown-user", shownUser)));
    }
}
