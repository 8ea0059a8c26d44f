package logout.sidebyside;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.Json;
import logout.testing.Person;
import logout.testing.RunningStage;
import logout.testing.SinglePage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import spark.Service;

/** What the panel does whichever way one logs out. All stages have the same panel; here it is stage 4 that shows it. */
@DisplayName("The lab panel, with any logout")
class LabPanelOnAnyStageTest {

    @RegisterExtension
    final RunningStage stage = RunningStage.of(Logout.STAGE_4.stage());

    private Browser ada;

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        ada = stage.newBrowser();
        Person ofStage4 = new Person(Logout.STAGE_4.onPlainSite(), Logout.STAGE_4.method(), Logout.STAGE_4.path());
        ofStage4.logIn(ada);
        ofStage4.keepNote(ada, "buy milk");
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

    /** Stage 4 as a learner has edited it. */
    private static RunningStage withFirst(List<String> logouts, Consumer<Service> routes) {
        Stage four = Logout.STAGE_4.stage();
        BiConsumer<Service, LoginApp> first = (spark, app) -> routes.accept(spark);
        return RunningStage.of(new Stage(4, "Edited", "Edited.", first.andThen(four.routes()), logouts))
                .start();
    }

    private static Browser loggedInAt(RunningStage edited) {
        Browser browser = edited.newBrowser();
        SinglePage.logIn(browser).then().statusCode(200);
        return browser;
    }
}
