package logout.sidebyside;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logout.app.session.Row;
import logout.testing.Browser;
import logout.testing.Json;
import logout.testing.Person;
import logout.testing.RunningStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The lab panel")
@ParameterizedClass
@EnumSource(Logout.class)
class LabPanelTest {

    private final Logout logout;
    private final Person person;

    @RegisterExtension
    final RunningStage stage;

    private Browser ada;

    LabPanelTest(Logout logout) {
        this.logout = logout;
        this.person = new Person(logout.onPlainSite(), logout.method(), logout.path());
        this.stage = RunningStage.of(logout.stage());
    }

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        ada = stage.newBrowser();
        person.logIn(ada);
        person.keepNote(ada, "buy milk");
    }

    private Json panel() {
        return panel(ada);
    }

    private static Json panel(Browser browser) {
        Response reply = browser.get("/lab/state");
        assertThat(reply.statusCode()).isEqualTo(200);
        return Json.of(reply);
    }

    @Test
    @Order(1)
    void shows_the_same_chip_for_the_cookie_the_row_and_the_wire() {
        Json panel = panel();

        String chip = panel.text("cookie.chip.label");
        assertThat(chip).matches("[0-9a-f]{6}");
        assertThat(panel.text("cookie.name")).isEqualTo(ada.sessionCookieName());
        assertThat(panel.flag("cookie.row")).isTrue();
        assertThat(panel.list("store.rows")).singleElement().satisfies(row -> {
            assertThat(row.text("chip.label")).isEqualTo(chip);
            assertThat(row.flag("yours")).isTrue();
            assertThat(row.text("user")).isEqualTo("ada");
            assertThat(row.text("note")).isEqualTo("buy milk");
        });
        assertThat(panel.list("exchanges").get(0).text("sent.label")).isEqualTo(chip);
        assertThat(panel.list("exchanges"))
                .flatExtracting(exchange -> exchange.list("set"))
                .first()
                .satisfies(set -> assertThat(set.text("chip.label")).isEqualTo(chip));
    }

    @Test
    @Order(2)
    void shows_no_cookie_and_a_cookie_without_a_row_as_what_they_are() {
        Browser thief = ada.copy();
        person.logOut(ada);
        person.logOut(stage.newBrowser());

        Json stranger = panel(stage.newBrowser());
        assertThat(stranger.isNull("cookie.chip")).isTrue();
        assertThat(stranger.flag("cookie.row")).isFalse();

        Json replayed = panel(thief);
        assertThat(replayed.isNull("cookie.chip")).isFalse();
        assertThat(replayed.flag("cookie.row")).isEqualTo(logout == Logout.STAGE_1_GET);
    }

    @Test
    @Order(3)
    void states_the_residue_that_the_table_has_for_this_logout() {
        ada.post("/lab/slow-save").then().statusCode(202);
        person.logOut(ada);
        ada.post("/lab/replay").then().statusCode(202);
        until("the slow save has ended", () -> !panel().flag("slowSave.running"));
        person.logIn(ada);
        ada.post("/lab/foreign-link").then().statusCode(202);

        Map<String, String> table = ReadmeTable.ofTheReadme().column(logout);
        table.remove("what the route does");
        assertThat(statedResidue()).containsExactlyEntriesOf(table);
    }

    private Map<String, String> statedResidue() {
        Map<String, String> residue = new LinkedHashMap<>();
        panel().list("logout.columns").forEach(column -> residue.put(column.text("name"), column.text("after")));
        return residue;
    }

    @Test
    @Order(4)
    void says_nothing_of_what_has_not_been_tried() {
        assertThat(panel().isNull("logout")).isTrue();
        person.logOut(ada);

        assertThat(statedResidue())
                .containsEntry("replay of the old cookie", null)
                .containsEntry("a save in flight during logout brings the user back", null)
                .containsEntry("a link on another site can log the user out", null);
        ada.post("/lab/slow-save").then().statusCode(409);
        ada.post("/lab/foreign-link").then().statusCode(409);
    }

    @Test
    @Order(5)
    void refuses_a_replay_before_the_first_logout_with_one_sentence() {
        Response reply = ada.post("/lab/replay");

        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(Json.of(reply).text("error"))
                .isEqualTo("Nobody has logged out yet: there is no old cookie to replay.");
    }

    @Test
    @Order(6)
    void changes_nothing_by_watching() {
        stage.letAnHourPass();
        List<Row> before = stage.rows();
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
    @Order(7)
    void would_be_caught_if_it_did_for_any_other_request_changes_the_time_of_the_last_use() {
        stage.letAnHourPass();
        Instant before = stage.rows().get(0).lastUsed();

        ada.get("/api/me");

        until(
                "the time of the last use is saved",
                () -> stage.rows().get(0).lastUsed().isAfter(before));
    }

    @Test
    @Order(8)
    void shows_the_headers_of_an_exchange_and_never_an_id() {
        String oldCookie = ada.sessionCookie();
        String oldId = stage.rowOf(ada).id();
        ada.request().header("Referer", "http://localhost/?id=" + oldId).get("/" + oldCookie);
        person.logOut(ada);
        ada.post("/lab/replay").then().statusCode(202);
        person.logIn(ada);

        StringBuilder shown = new StringBuilder();
        for (Json exchange : panel().list("exchanges")) {
            shown.append(ada.get("/lab/headers?exchange=" + exchange.number("number"))
                    .body()
                    .asString());
        }
        assertThat(shown.toString())
                .contains("Cookie: " + ada.sessionCookieName() + "=‹", "GET /‹", "Referer: http://localhost/?id=‹");
        for (String path : List.of("/lab/state", "/lab/code", "/")) {
            shown.append(ada.get(path).body().asString());
        }
        assertThat(shown.toString())
                .doesNotContain(
                        oldCookie, oldId, ada.sessionCookie(), stage.rowOf(ada).id());
    }

    @Test
    @Order(8)
    void says_so_when_an_exchange_is_not_known_any_more() {
        for (String number : List.of("999", "x", "")) {
            ada.get("/lab/headers?exchange=" + number).then().statusCode(404);
        }
    }

    @Test
    @Order(9)
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
    @Order(10)
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
    @Order(11)
    void shows_the_newest_50_rows_and_how_many_there_are_and_never_leaves_your_own_out() {
        for (int i = 0; i < 55; i++) {
            stage.addRow("another-" + i, Instant.now().plusSeconds(60 + i));
        }

        Json panel = panel();
        assertThat(panel.number("store.count")).isEqualTo(56);
        assertThat(panel.list("store.rows")).hasSize(51);
        assertThat(panel.list("store.rows").get(50).flag("yours")).isTrue();
    }

    @Test
    @Order(12)
    void shows_the_route_that_runs_and_what_changed_since_the_stage_before() throws IOException {
        List<Json> lines = Json.of(ada.get("/lab/code")).list("lines");
        List<String> now = lines.stream()
                .filter(line -> !line.text("change").equals("gone"))
                .map(line -> line.text("text").strip())
                .toList();

        assertThat(now).isEqualTo(routeInTheSource());
        assertThat(lines.stream().map(line -> line.text("change")).distinct())
                .contains("same")
                .hasSize(new int[] {1, 3, 2, 3}[logout.stage().number() - 1]);
    }

    private List<String> routeInTheSource() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../.."), 7)) {
            Path source = files.filter(file -> file.toString()
                            .matches(".*/src/main/java/logout/stage0"
                                    + logout.stage().number() + "/\\w+App.java"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(source).stream()
                    .map(String::strip)
                    .dropWhile(line -> !line.equals("// tag::logout[]"))
                    .skip(1)
                    .takeWhile(line -> !line.equals("// end::logout[]"))
                    .toList();
        }
    }
}
