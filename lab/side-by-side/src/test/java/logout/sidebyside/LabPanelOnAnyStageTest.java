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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Sessions;
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

/** What the panel does whichever way one logs out. All stages have the same panel; here it is stage 4 that shows it. */
@DisplayName("The lab panel, with any logout")
class LabPanelOnAnyStageTest {

    @RegisterExtension
    final RunningStage stage = RunningStage.of(Logout.STAGE_4.stage());

    private Browser ada;

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        ada = stage.newBrowser().logIn();
        ada.keepNote("buy milk");
        assertThat(stage.rowOf(ada).note()).isEqualTo("buy milk");
    }

    @Test
    @Order(1)
    void refuses_a_replay_before_the_first_logout_with_one_sentence() {
        Response reply = ada.tries("replay");

        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(Json.of(reply).text("error"))
                .isEqualTo("Nobody has logged out here yet: there is no old cookie to replay.");
    }

    @Test
    @Order(2)
    void changes_nothing_by_watching() {
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
    }

    @Test
    @Order(3)
    void would_be_caught_if_it_did_for_any_other_request_changes_the_time_of_the_last_use() {
        stage.letAnHourPass();
        Instant before = stage.rows().get(0).lastUsed();

        ada.get("/api/me");

        until(
                "the time of the last use is saved",
                () -> stage.rows().get(0).lastUsed().isAfter(before));
    }

    @Test
    @Order(4)
    void says_so_when_an_exchange_is_not_known_any_more() {
        for (String number : List.of("999", "x", "")) {
            ada.get("/lab/headers?exchange=" + number).then().statusCode(404);
            ada.request().head("/lab/headers?exchange=" + number).then().statusCode(404);
        }
    }

    @Test
    @Order(5)
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
    @Order(6)
    void is_not_sent_again_while_nothing_changes() {
        Response first = ada.get("/lab/state");
        String tag = first.header("ETag");

        assertThat(ada.request().header("If-None-Match", tag).get("/lab/state").statusCode())
                .isEqualTo(304);
        ada.get("/api/me");
        assertThat(ada.request().header("If-None-Match", tag).get("/lab/state").statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(7)
    void shows_the_newest_50_rows_and_how_many_there_are_and_never_leaves_your_own_out() {
        for (int i = 0; i < 55; i++) {
            stage.addRow("another-" + i, Instant.now().plusSeconds(60 + i));
        }

        Response reply = ada.get("/lab/state");
        assertThat(reply.statusCode()).isEqualTo(200);
        Json panel = Json.of(reply);
        assertThat(panel.number("store.count")).isEqualTo(56);
        assertThat(panel.list("store.rows")).hasSize(51);
        assertThat(panel.list("store.rows").get(50).flag("yours")).isTrue();
    }

    @Test
    @Order(8)
    void says_of_a_note_route_that_answers_no_json_that_what_a_replay_reads_was_not_seen() {
        try (RunningStage edited =
                withFirst(List.of("/api/logout"), spark -> spark.get("/api/note", (request, response) -> "buy milk"))) {
            Browser grace = loggedInAt(edited);
            grace.panel();
            grace.post("/api/logout").then().statusCode(204);

            grace.tries("replay").then().statusCode(202);

            assertThat(grace.panel().text("replay.notSeen"))
                    .isEqualTo("the app answered no JSON with a note to GET /api/note");
        }
    }

    @Test
    @Order(9)
    void says_of_a_logout_that_throws_that_it_failed_and_that_another_site_logs_nobody_out_with_it() {
        try (RunningStage edited = withFirst(
                List.of("/api/logout"),
                spark -> spark.post("/api/logout", (request, response) -> {
                    throw new IllegalStateException("a learner's mistake");
                }))) {
            Browser grace = loggedInAt(edited);
            grace.panel();
            grace.post("/api/logout").then().statusCode(500);
            assertThat(grace.panel().flag("logout.failed")).isTrue();

            grace.tries("foreign-link").then().statusCode(202);

            Json panel = grace.panel();
            assertThat(panel.isNull("foreignLink.notSeen")).isTrue();
            assertThat(panel.flag("foreignLink.loggedOut")).isFalse();
            assertThat(grace.get("/api/me").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Order(10)
    void sees_a_logout_under_the_address_that_the_stage_names_and_no_head_request_logs_out_there() {
        try (RunningStage edited = withFirst(
                List.of("/bye"),
                spark -> spark.get("/bye", (request, response) -> {
                    request.session().invalidate();
                    return "";
                }))) {
            Browser grace = loggedInAt(edited);
            grace.request().head("/bye").then().statusCode(405);
            assertThat(grace.get("/api/me").statusCode()).isEqualTo(200);

            grace.tries("foreign-link").then().statusCode(202);
            assertThat(grace.panel().flag("foreignLink.loggedOut")).isTrue();

            Browser again = loggedInAt(edited);
            again.panel();
            again.get("/bye").then().statusCode(200);
            assertThat(again.panel().text("logout.request")).isEqualTo("GET /bye");
        }
    }

    @Test
    @Order(11)
    void a_second_slow_save_is_refused_with_its_sentence() {
        ada.tries("slow-save").then().statusCode(202);

        Response reply = ada.tries("slow-save");

        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(Json.of(reply).text("error")).isEqualTo("A slow save is under way already.");
    }

    @Test
    @Order(12)
    void a_slow_save_that_no_logout_of_its_own_follows_ends_by_itself_and_says_that_nobody_came_back() {
        ada.tries("slow-save").then().statusCode(202);
        Browser other = loggedInAt(stage);
        other.panel();
        other.post("/api/logout").then().statusCode(204);
        assertThat(other.panel().list("logout.recorded"))
                .as("without another's save")
                .hasSize(1);
        until("the slow save has ended", () -> !ada.panel().flag("slowSave.running"));

        Json panel = ada.panel();
        assertThat(panel.number("slowSave.status")).isEqualTo(200);
        assertThat(panel.flag("slowSave.loggedOutMeanwhile")).isFalse();
        assertThat(panel.flag("slowSave.userBack")).isFalse();
        assertThat(panel.isNull("slowSave.notSeen")).isTrue();
        assertThat(stage.rowOf(ada).note()).isEqualTo("late");
    }

    @Test
    @Order(13)
    void what_was_seen_stays_when_the_store_is_then_away() {
        ada.panel();
        ada.post("/api/logout").then().statusCode(204);
        ada.tries("replay").then().statusCode(202);
        assertThat(replayed().text("after")).isEqualTo("nothing");

        stage.breakStore();
        ada.tries("replay").then().statusCode(202);
        stage.repairStore();

        assertThat(ada.panel().text("replay.notSeen")).isNotEmpty();
        assertThat(replayed().text("after")).isEqualTo("nothing");
        assertThat(replayed().isNull("notSeen")).isTrue();
    }

    private Json replayed() {
        return ada.panel().list("logout.columns").stream()
                .filter(column -> column.text("key").equals("replay"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(14)
    void of_an_expired_row_beside_a_living_one_each_is_what_it_is_and_the_living_one_is_taken() {
        String expired = loggedInAt(stage).sessionCookie();
        stage.update(
                "UPDATE %s SET expiryTime = 1 WHERE sessionId = '%s'",
                stage.stage().table(), expired);
        String living = ada.panel().text("cookie.fingerprint.label");
        String name = ada.sessionCookieName() + "=";
        assertThat(Json.of(with(name + expired).get("/lab/state")).flag("cookie.expired"))
                .isTrue();

        for (String both :
                List.of(expired + "; " + name + ada.sessionCookie(), ada.sessionCookie() + "; " + name + expired)) {
            Json panel = Json.of(with(name + both).get("/lab/state"));

            assertThat(panel.text("user")).isEqualTo("ada");
            assertThat(panel.text("cookie.fingerprint.label")).isEqualTo(living);
            assertThat(panel.flag("cookie.expired")).isFalse();
            assertThat(panel.list("store.rows"))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.flag("expired"))
                            .isNotEqualTo(row.text("fingerprint.label").equals(living)));
        }
    }

    @Test
    @Order(15)
    void a_row_whose_user_or_note_is_no_text_is_not_legible() throws IOException {
        for (String attribute : List.of(Sessions.USER, Sessions.NOTE)) {
            SessionData data = new SessionData("", "", "", 0, 0, 0, 0);
            data.setAttribute(attribute, 42);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                SessionData.serializeAttributes(data, out);
            }
            stage.setContent(ada.sessionCookie(), "X'" + HexFormat.of().formatHex(bytes.toByteArray()) + "'");

            Json row = ada.panel().list("store.rows").get(0);

            assertThat(row.flag("legible")).as(attribute).isFalse();
            assertThat(row.isNull("user")).isTrue();
        }
    }

    @Test
    @Order(16)
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
                grace.panel();
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
    @Order(17)
    void tells_of_the_last_20_exchanges_and_of_no_more() {
        for (int i = 0; i < 25; i++) {
            ada.get("/api/me");
        }

        List<Json> exchanges = ada.panel().list("exchanges");
        int newest = exchanges.get(0).number("number");

        assertThat(exchanges).hasSize(20);
        assertThat(exchanges.get(19).number("number")).isEqualTo(newest - 19);
        ada.get("/lab/headers?exchange=" + (newest - 19)).then().statusCode(200);
        ada.get("/lab/headers?exchange=" + (newest - 20)).then().statusCode(404);
    }

    @Test
    @Order(18)
    void remembers_the_last_20_logouts_but_for_those_of_the_comparison_page_and_no_more() {
        ada.panel();
        ada.post("/api/logout").then().statusCode(204);
        for (int i = 0; i < 20; i++) {
            loggedInAt(stage)
                    .request()
                    .header("User-Agent", RecordedRequest.agent(RecordedRequest.VISITOR))
                    .post("/api/logout");
        }
        for (int later = 1; later <= 20; later++) {
            assertThat(ada.panel().isNull("logout"))
                    .as("after %d others", later - 1)
                    .isFalse();
            loggedInAt(stage).post("/api/logout").then().statusCode(204);
        }

        assertThat(ada.panel().isNull("logout")).isTrue();
    }

    /** The slow save and the logout are two of them. */
    @ParameterizedTest
    @CsvSource({"198, 2", "199, 1"})
    @Order(19)
    void draws_a_logout_from_the_last_200_requests_and_no_more(int between, int drawn) {
        ada.panel();
        ada.tries("slow-save").then().statusCode(202);
        for (int i = 0; i < between; i++) {
            stage.newBrowser().get("/api/me");
        }
        ada.post("/api/logout").then().statusCode(204);

        assertThat(ada.panel().list("logout.recorded")).hasSize(drawn);
    }

    @Test
    @Order(20)
    void finds_the_session_behind_any_number_of_planted_cookies() {
        String living = ada.panel().text("cookie.fingerprint.label");
        String name = ada.sessionCookieName() + "=";
        String planted = IntStream.range(0, 180)
                .mapToObj(i -> name + "planted-" + i + "; ")
                .collect(Collectors.joining());
        String cookies = planted + name + ada.sessionCookie();
        assertThat(with(cookies).get("/api/me").statusCode()).isEqualTo(200);

        Json panel = Json.of(with(cookies).get("/lab/state"));

        assertThat(panel.text("cookie.fingerprint.label")).isEqualTo(living);
        assertThat(panel.list("cookie.others")).hasSize(180);
    }

    @Test
    @Order(21)
    void shows_the_value_of_no_cookie_whatever_its_form() {
        try (RunningStage edited = withFirst(
                List.of("/api/logout"),
                spark -> spark.get("/choose", (request, response) -> {
                    response.raw().addHeader("Set-Cookie", "choice=Blue; Path=/");
                    response.raw().addHeader("Set-Cookie", "other=Green");
                    return "";
                }))) {
            Browser grace = edited.newBrowser();
            grace.get("/choose").then().statusCode(200);
            grace.get("/api/me").then().statusCode(401);

            String first = grace.get("/lab/headers?exchange=1").asString();
            String second = grace.get("/lab/headers?exchange=2").asString();

            assertThat(first).contains("Set-Cookie: choice=‹", "›; Path=/", "Set-Cookie: other=‹");
            assertThat(second).contains("Cookie: choice=‹", "; other=‹");
            assertThat(first + second).doesNotContain("Blue", "Green");
        }
    }

    private RequestSpecification with(String cookies) {
        return stage.newBrowser().request().header("Cookie", cookies);
    }

    /** Stage 4 as a learner has edited it. */
    private static RunningStage withFirst(List<String> logouts, Consumer<Service> routes) {
        Stage four = Logout.STAGE_4.stage();
        BiConsumer<Service, LoginApp> first = (spark, app) -> routes.accept(spark);
        return RunningStage.of(new Stage(4, "Edited", "Edited.", first.andThen(four.routes()), logouts))
                .start();
    }

    private static Browser loggedInAt(RunningStage edited) {
        Browser browser = edited.newBrowser();
        browser.logIn();
        return browser;
    }
}
