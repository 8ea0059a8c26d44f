package logout.sidebyside;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Sessions;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.StoredSession;
import logout.panel.RecordedRequest;
import logout.testing.Browser;
import logout.testing.Json;
import logout.testing.RunningStage;
import org.eclipse.jetty.server.session.SessionData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spark.Service;

/**
 * Situations in which a panel that guesses would claim what is not so, or tell what is nobody's business. All stages have
 * the same panel; here it is stage 4 that shows it. What its page says of each stage's logout, {@code WalkTest} proves.
 */
@DisplayName("The lab panel says only what is so")
@Order(1) // it waits for 20 seconds, in which another class has the processor
class LabPanelTest {

    @RegisterExtension
    final RunningStage stage = RunningStage.of(Logout.STAGE_4.stage());

    private Browser ada;

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        ada = loggedInAt(stage);
        ada.keepNote("buy milk");
        assertThat(stage.rowOf(ada).note()).isEqualTo("buy milk");
    }

    /** Her browser has shown the panel: it knows its cookie's fingerprint. */
    private static Browser loggedInAt(RunningStage stage) {
        Browser browser = stage.newBrowser().logIn();
        browser.panel();
        return browser;
    }

    private static void logOut(Browser browser) {
        browser.post("/api/logout").then().statusCode(204);
    }

    /** A request with these cookies and none of the jar's. */
    private RequestSpecification with(String cookies) {
        return stage.newBrowser().request().header("Cookie", cookies);
    }

    private Json panelWith(String cookies) {
        return Json.of(with(cookies).get("/lab/state"));
    }

    private static String label(Json panel) {
        return panel.text("cookie.fingerprint.label");
    }

    private static Json column(Json panel, String key) {
        return panel.list("logout.columns").stream()
                .filter(column -> column.text("key").equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void changes_nothing_by_watching_while_any_other_request_changes_the_time_of_the_last_use() {
        stage.letAnHourPass();
        List<StoredSession> before = stage.rows();
        Browser stranger = stage.newBrowser();

        for (Browser browser : List.of(ada, stranger)) {
            for (String path : List.of("/lab/state", "/lab/code", "/assets/page.css")) {
                Response reply = browser.get(path);
                assertThat(reply.statusCode()).isEqualTo(200);
                assertThat(reply.headers().getValues("Set-Cookie")).isEmpty();
            }
        }
        // Jetty saves the time of the last use after the reply; the next requests give it the time to do so.
        ada.get("/lab/state");
        ada.get("/lab/state");
        assertThat(stage.rows()).isEqualTo(before);
        assertThat(stranger.sessionCookie()).isNull();

        ada.get("/api/me");
        until(
                "the time of the last use is saved",
                () -> stage.rows().get(0).lastUsed().isAfter(before.get(0).lastUsed()));
    }

    @Test
    void answers_only_to_its_own_names() {
        Response reply = ada.request().header("Host", "elsewhere.example").get("/lab/state");

        assertThat(reply.statusCode()).isEqualTo(421);
        assertThat(reply.body().asString()).doesNotContain("exchanges");
        assertThat(ada.request()
                        .header("Origin", "http://elsewhere.example")
                        .post("/lab/replay")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void of_several_cookies_of_its_name_it_speaks_of_the_one_that_the_server_takes_and_shows_all() {
        String name = ada.sessionCookieName();
        for (String planted : List.of(
                name + "=planted", name + "=", name + "=\"planted\"", name.toUpperCase(Locale.ROOT) + "=planted")) {
            Browser again = loggedInAt(stage);
            String fingerprint = label(again.panel());
            String both = planted + "; " + name + "=" + again.sessionCookie();

            Json before = panelWith(both);
            assertThat(label(before)).as(planted).isEqualTo(fingerprint);
            assertThat(before.list("store.rows")).as(planted).anyMatch(row -> row.flag("yours"));
            assertThat(before.list("cookie.others")).as(planted).hasSize(1);

            with(both).post("/api/logout").then().statusCode(204);

            assertThat(again.user()).isNull();
            Json panel = panelWith(both);
            Json exchange = panel.list("exchanges").get(1);
            assertThat(exchange.text("path")).isEqualTo("/api/logout");
            assertThat(exchange.text("sent.label")).as(planted).isEqualTo(fingerprint);
            assertThat(exchange.list("others"))
                    .singleElement()
                    .satisfies(other -> assertThat(planted).startsWith(other.text("name") + "="));
            assertThat(panel.number("logout.exchange.number")).as(planted).isEqualTo(exchange.number("number"));
        }
    }

    @Test
    void finds_the_session_behind_any_number_of_planted_cookies() {
        String name = ada.sessionCookieName() + "=";
        String planted = IntStream.range(0, 180)
                .mapToObj(i -> name + "planted-" + i + "; ")
                .collect(Collectors.joining());
        String cookies = planted + name + ada.sessionCookie();
        assertThat(with(cookies).get("/api/me").statusCode()).isEqualTo(200);

        Json panel = panelWith(cookies);

        assertThat(label(panel)).isEqualTo(label(ada.panel()));
        assertThat(panel.list("cookie.others")).hasSize(180);
    }

    @Test
    void an_expired_row_is_shown_as_one_that_lets_nobody_in_and_a_living_one_beside_it_is_taken() {
        stage.letSessionsRunOut();
        String expired = ada.sessionCookie();

        Json alone = ada.panel();
        assertThat(alone.list("store.rows")).singleElement().satisfies(row -> {
            assertThat(row.text("user")).isEqualTo("ada");
            assertThat(row.flag("expired") && row.flag("yours")).isTrue();
        });
        for (String name : List.of("foreign-link", "slow-save")) {
            Response reply = ada.tries(name);
            assertThat(reply.statusCode()).as(name).isEqualTo(409);
            assertThat(Json.of(reply).text("error")).startsWith("Log in first");
        }

        Browser again = loggedInAt(stage);
        String living = label(again.panel());
        String name = ada.sessionCookieName() + "=";
        for (String both :
                List.of(expired + "; " + name + again.sessionCookie(), again.sessionCookie() + "; " + name + expired)) {
            Json panel = panelWith(name + both);

            assertThat(panel.text("user")).isEqualTo("ada");
            assertThat(label(panel)).isEqualTo(living);
            assertThat(panel.list("store.rows"))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.flag("expired"))
                            .isNotEqualTo(row.flag("yours"))
                            .isNotEqualTo(row.text("fingerprint.label").equals(living)));
        }
        ada.post("/api/logout");
        assertThat(ada.panel().isNull("logout")).isTrue();
    }

    @Test
    void a_row_that_is_broken_or_whose_user_or_note_is_no_text_is_not_legible_and_hides_no_other() throws IOException {
        Browser other = loggedInAt(stage);
        for (String content : List.of(
                "NULL",
                "X'00'",
                "X'ACED0005'",
                "X'ACED0005740003616461'",
                withNumberAs(Sessions.USER),
                withNumberAs(Sessions.NOTE))) {
            stage.update(
                    "UPDATE %s SET map = %s WHERE sessionId = '%s'",
                    stage.stage().table(), content, other.sessionCookie());

            List<Json> rows = ada.panel().list("store.rows");

            assertThat(rows).as(content).extracting(row -> row.text("user")).containsExactlyInAnyOrder("ada", null);
            assertThat(rows).as(content).extracting(row -> row.flag("legible")).containsExactlyInAnyOrder(true, false);
            other.get("/lab/state").then().statusCode(200);
        }
    }

    private static String withNumberAs(String attribute) throws IOException {
        SessionData data = new SessionData("", "", "", 0, 0, 0, 0);
        data.setAttribute(attribute, 42);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            SessionData.serializeAttributes(data, out);
        }
        return "X'" + HexFormat.of().formatHex(bytes.toByteArray()) + "'";
    }

    @Test
    void a_long_note_is_cut_between_two_characters() {
        ada.keepNote("x".repeat(119) + "😀 and more");

        assertThat(ada.panel().list("store.rows").get(0).text("note")).isEqualTo("x".repeat(119) + "😀…");
    }

    @Test
    void shows_the_newest_50_rows_and_how_many_there_are_and_never_leaves_your_own_out() {
        for (int i = 0; i < 55; i++) {
            stage.addRow("another-" + i, Instant.now().plusSeconds(60 + i));
        }

        Json panel = ada.panel();

        assertThat(panel.number("store.count")).isEqualTo(56);
        assertThat(panel.list("store.rows")).hasSize(51);
        assertThat(panel.list("store.rows").get(50).flag("yours")).isTrue();
    }

    @Test
    void tells_of_the_last_20_exchanges_and_says_so_when_one_is_not_known_any_more() {
        for (int i = 0; i < 25; i++) {
            ada.get("/api/me");
        }

        List<Json> exchanges = ada.panel().list("exchanges");
        int newest = exchanges.get(0).number("number");

        assertThat(exchanges).hasSize(20);
        assertThat(exchanges.get(19).number("number")).isEqualTo(newest - 19);
        ada.get("/lab/headers?exchange=" + (newest - 19)).then().statusCode(200);
        for (Object unknown : List.of(newest - 20, 999, "x", "")) {
            ada.get("/lab/headers?exchange=" + unknown).then().statusCode(404);
            ada.request().head("/lab/headers?exchange=" + unknown).then().statusCode(404);
        }
    }

    @Test
    void what_another_start_of_the_stage_has_numbered_is_not_taken_for_its_own() {
        String before = ada.panel().text("server");
        ada.get("/lab/headers?exchange=1&server=" + before).then().statusCode(200);

        stage.stop();
        stage.startAgain();
        ada.get("/api/me").then().statusCode(200);

        assertThat(ada.panel().list("exchanges")).hasSize(1);
        assertThat(ada.panel().text("server")).isNotEqualTo(before);
        ada.get("/lab/headers?exchange=1&server=" + before).then().statusCode(404);
    }

    @Test
    void shows_the_headers_of_an_exchange_and_never_an_id_nor_the_value_of_any_cookie() {
        try (RunningStage edited = withFirst(
                List.of("/api/logout"),
                spark -> spark.get("/choose", (request, response) -> {
                    response.raw().addHeader("Set-Cookie", "choice=Blue; Path=/");
                    response.raw().addHeader("Set-Cookie", "other=Green");
                    return "";
                }))) {
            Browser grace = loggedInAt(edited);
            String id = grace.sessionCookie();
            grace.get("/choose").then().statusCode(200);
            grace.request().header("Referer", "http://localhost/?id=" + id).get("/" + id);
            logOut(grace);
            grace.tries("replay").then().statusCode(202);

            StringBuilder shown = new StringBuilder();
            for (Json exchange : grace.panel().list("exchanges")) {
                shown.append(grace.get("/lab/headers?exchange=" + exchange.number("number"))
                        .asString());
            }
            assertThat(shown.toString())
                    .contains("Cookie: " + grace.sessionCookieName() + "=‹", "GET /‹")
                    .contains("Referer: http://localhost/?id=‹")
                    .contains("Set-Cookie: choice=‹", "›; Path=/", "Set-Cookie: other=‹", "; choice=‹", "; other=‹");
            for (String path : List.of("/lab/state", "/lab/code", "/")) {
                shown.append(grace.get(path).asString());
            }
            assertThat(shown.toString()).doesNotContain(id, "Blue", "Green");
        }
    }

    @Test
    void a_browser_is_told_of_its_own_logout_and_of_what_was_tried_after_it_and_of_no_others()
            throws InterruptedException {
        Browser other = loggedInAt(stage);
        ada.tries("slow-save").then().statusCode(202);
        assertThat(ada.panel().number("slowSave.secondsLeft"))
                .as("time enough to log out with a keyboard")
                .isBetween(15, 20);
        logOut(ada);
        logOut(other);
        assertThat(ada.panel().number("slowSave.secondsLeft"))
                .as("nobody waits any longer")
                .isLessThanOrEqualTo(3);
        ada.tries("replay").then().statusCode(202);
        slowSaveHasEnded();
        assertThat(ada.panel().flag("slowSave.loggedOutMeanwhile"))
                .as("another's logout does not hide ada's")
                .isTrue();
        String adas = ada.panel().text("logout.exchange.sent.label");
        ada.logIn();
        ada.tries("foreign-link").then().statusCode(202);

        for (Browser stranger : List.of(loggedInAt(stage), stage.newBrowser())) {
            for (String part : List.of("logout", "replay", "slowSave", "foreignLink")) {
                assertThat(ada.panel().isNull(part)).as("ada's " + part).isFalse();
                assertThat(stranger.panel().isNull(part)).as(part).isTrue();
            }
            Response refused = stranger.tries("replay");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(Json.of(refused).text("error"))
                    .isEqualTo("Nobody has logged out here yet: there is no old cookie to replay.");
            assertThat(stranger.panel().list("exchanges"))
                    .anyMatch(one -> one.text("path").equals("/api/logout"));
        }
        assertThat(other.panel().text("logout.exchange.sent.label")).isNotEqualTo(adas);
        assertThat(ada.panel().text("logout.exchange.sent.label")).isEqualTo(adas);
    }

    @Test
    void a_browser_is_told_of_the_logout_that_set_its_id_and_one_by_nobody_does_not_take_its_place() {
        logOut(ada);
        assertThat(ada.copy().panel().isNull("logout")).isTrue();

        try (RunningStage renewing = RunningStage.of(Logout.STAGE_2.stage()).start()) {
            Browser grace = loggedInAt(renewing);
            logOut(grace);
            int graces = grace.copy().panel().number("logout.exchange.number");

            logOut(grace);

            assertThat(grace.panel().list("exchanges").get(0).number("number")).isGreaterThan(graces);
            assertThat(grace.panel().number("logout.exchange.number")).isEqualTo(graces);
        }
    }

    @Test
    void a_store_that_is_away_during_a_replay_has_shown_nothing_and_hides_nothing_that_was_seen() {
        logOut(ada);

        replayWithoutStore();
        assertThat(column(ada.panel(), "replay").text("after")).isNull();
        assertThat(column(ada.panel(), "replay").text("notSeen")).isNotEmpty();

        ada.tries("replay").then().statusCode(202);
        assertThat(column(ada.panel(), "replay").text("after")).isEqualTo("nothing");

        replayWithoutStore();
        assertThat(ada.panel().text("replay.found.reason")).isNotEmpty();
        assertThat(column(ada.panel(), "replay").text("after")).isEqualTo("nothing");
        assertThat(column(ada.panel(), "replay").isNull("notSeen")).isTrue();
    }

    private void replayWithoutStore() {
        stage.breakStore();
        ada.tries("replay").then().statusCode(202);
        stage.repairStore();
    }

    @Test
    void a_store_that_is_away_at_the_end_of_a_slow_save_ends_it_and_has_shown_nothing() throws InterruptedException {
        ada.tries("slow-save").then().statusCode(202);
        logOut(ada);
        stage.breakStore();
        slowSaveHasEnded();
        stage.repairStore();

        Json panel = ada.panel();
        assertThat(panel.isNull("slowSave.found")).isFalse();
        assertThat(panel.text("slowSave.found.reason")).isNotEmpty();
        assertThat(column(panel, "saveInFlight").text("after")).isNull();
        assertThat(column(panel, "saveInFlight").text("notSeen")).isNotEmpty();

        ada.tries("replay").then().statusCode(202);
        assertThat(column(ada.panel(), "replay").text("notSeen"))
                .as("no trace of the logout alone")
                .contains("a save in flight");
        ada.logIn();
        ada.tries("slow-save").then().statusCode(202);
        logOut(ada);
    }

    /** Waits without asking: nothing can be asked of a stage whose store is away. That the save is over shows in the process. */
    private void slowSaveHasEnded() throws InterruptedException {
        String name = "slow save on port " + stage.address().getPort();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.join();
            }
        }
    }

    @Test
    void a_slow_save_that_no_logout_of_its_own_follows_ends_by_itself_and_another_one_waits_for_that()
            throws InterruptedException {
        ada.tries("slow-save").then().statusCode(202);
        Response second = ada.tries("slow-save");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(Json.of(second).text("error")).isEqualTo("A slow save is under way already.");
        Browser other = loggedInAt(stage);
        logOut(other);
        assertThat(other.panel().list("logout.recorded"))
                .as("without another's save")
                .hasSize(1);
        slowSaveHasEnded();

        Json panel = ada.panel();
        assertThat(panel.isNull("slowSave.found")).isFalse();
        assertThat(panel.number("slowSave.status")).isEqualTo(200);
        assertThat(panel.flag("slowSave.loggedOutMeanwhile")).isFalse();
        assertThat(panel.flag("slowSave.found.isLeftBehind")).isFalse();
        assertThat(stage.rowOf(ada).note()).isEqualTo("late");
    }

    @Test
    void says_of_a_note_route_that_answers_no_json_that_what_a_replay_reads_was_not_seen() {
        try (RunningStage edited =
                withFirst(List.of("/api/logout"), spark -> spark.get("/api/note", (request, response) -> "buy milk"))) {
            Browser grace = loggedInAt(edited);
            logOut(grace);

            grace.tries("replay").then().statusCode(202);

            assertThat(grace.panel().text("replay.found.reason"))
                    .isEqualTo("the app answered no JSON with a note to GET /api/note");
        }
    }

    @Test
    void sees_a_logout_under_the_address_that_the_stage_names_and_no_head_request_logs_out_there() {
        try (RunningStage edited = withFirst(
                List.of("/bye"),
                spark -> spark.get("/bye", (request, response) -> {
                    request.session().invalidate();
                    return "";
                }))) {
            Browser grace = loggedInAt(edited);
            grace.request().head("/bye").then().statusCode(405);
            assertThat(grace.panel().isNull("logout")).isTrue();
            assertThat(grace.user()).isEqualTo("ada");

            grace.tries("foreign-link").then().statusCode(202);
            assertThat(grace.panel().flag("foreignLink.found.withCookie")).isTrue();

            Browser again = loggedInAt(edited);
            again.get("/bye").then().statusCode(200);
            assertThat(again.panel().text("logout.exchange.path")).isEqualTo("/bye");
        }
    }

    @Test
    void a_deletion_that_was_dropped_and_set_again_was_not_lost() {
        for (boolean setAgain : List.of(false, true)) {
            try (RunningStage edited = withFirst(
                    List.of("/api/logout"),
                    spark -> spark.post("/api/logout", (request, response) -> {
                        response.removeCookie("/", ada.sessionCookieName());
                        Sessions.renew(request);
                        // The store is asked once more: what stands in the reply is looked at then.
                        Sessions.renew(request);
                        if (setAgain) {
                            response.removeCookie("/", ada.sessionCookieName());
                        }
                        return "";
                    }))) {
                Browser grace = loggedInAt(edited);
                grace.post("/api/logout").then().statusCode(200);

                Json panel = grace.panel();
                assertThat(panel.list("logout.recorded").get(0).list("events"))
                        .extracting(event -> event.text("what"))
                        .contains("dropped");
                assertThat(panel.list("exchanges").get(0).flag("overwritten")).isNotEqualTo(setAgain);
                assertThat(grace.sessionCookie() == null).isEqualTo(setAgain);
            }
        }
    }

    @Test
    void remembers_the_last_20_logouts_but_for_those_of_the_comparison_page_and_no_more() {
        logOut(ada);
        for (int i = 0; i < 20; i++) {
            stage.newBrowser()
                    .logIn()
                    .request()
                    .header("User-Agent", RecordedRequest.agent(RecordedRequest.VISITOR))
                    .post("/api/logout");
        }
        for (int later = 1; later <= 20; later++) {
            assertThat(ada.panel().isNull("logout"))
                    .as("after %d others", later - 1)
                    .isFalse();
            logOut(stage.newBrowser().logIn());
        }

        assertThat(ada.panel().isNull("logout")).isTrue();
    }

    /** The slow save and the logout are two of them. */
    @ParameterizedTest
    @CsvSource({"198, 2", "199, 1"})
    void draws_a_logout_from_the_last_200_requests_and_no_more(int between, int drawn) throws IOException {
        HttpUser stranger = new HttpUser(stage.address(), "test", new CookieJar());
        ada.tries("slow-save").then().statusCode(202);
        for (int i = 0; i < between; i++) {
            stranger.send(Call.of("GET", "/api/me"));
        }
        logOut(ada);

        assertThat(ada.panel().list("logout.recorded")).hasSize(drawn);
    }

    /** Stage 4 as a learner has edited it. */
    private static RunningStage withFirst(List<String> logouts, Consumer<Service> routes) {
        Stage four = Logout.STAGE_4.stage();
        BiConsumer<Service, LoginApp> first = (spark, app) -> routes.accept(spark);
        return RunningStage.of(new Stage(4, "Edited", "Edited.", first.andThen(four.routes()), logouts))
                .start();
    }
}
