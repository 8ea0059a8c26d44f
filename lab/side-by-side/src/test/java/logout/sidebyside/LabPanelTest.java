package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logout.testing.Browser;
import logout.testing.Json;
import logout.testing.RunningStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The lab panel, with each logout")
@ParameterizedClass
@EnumSource(Logout.class)
class LabPanelTest {

    private final Logout logout;

    @RegisterExtension
    final RunningStage stage;

    private Browser ada;

    LabPanelTest(Logout logout) {
        this.logout = logout;
        this.stage = RunningStage.of(logout.stage());
    }

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        ada = stage.newBrowser().logIn();
        ada.keepNote("buy milk");
        ada.panel();
    }

    private Json panel() {
        return ada.panel();
    }

    @Test
    @Order(1)
    void shows_the_same_fingerprint_for_the_cookie_the_row_and_the_exchange() {
        Json panel = panel();

        String fingerprint = panel.text("cookie.fingerprint.label");
        assertThat(fingerprint).matches("[0-9a-f]{6}");
        assertThat(panel.text("cookie.name")).isEqualTo(ada.sessionCookieName());
        assertThat(panel.flag("cookie.row")).isTrue();
        assertThat(panel.list("store.rows")).singleElement().satisfies(row -> {
            assertThat(row.text("fingerprint.label")).isEqualTo(fingerprint);
            assertThat(row.flag("yours")).isTrue();
            assertThat(row.text("user")).isEqualTo("ada");
            assertThat(row.text("note")).isEqualTo("buy milk");
        });
        assertThat(panel.list("exchanges").get(0).text("sent.label")).isEqualTo(fingerprint);
        assertThat(panel.list("exchanges"))
                .flatExtracting(exchange -> exchange.list("set"))
                .first()
                .satisfies(set -> assertThat(set.text("fingerprint.label")).isEqualTo(fingerprint));
    }

    @Test
    @Order(2)
    void shows_no_cookie_and_a_cookie_without_a_row_as_what_they_are() {
        Browser thief = ada.copy();
        ada.send(logout.call());
        stage.newBrowser().send(logout.call());

        Json stranger = stage.newBrowser().panel();
        assertThat(stranger.isNull("cookie.fingerprint")).isTrue();
        assertThat(stranger.flag("cookie.row")).isFalse();

        Json replayed = thief.panel();
        assertThat(replayed.isNull("cookie.fingerprint")).isFalse();
        assertThat(replayed.flag("cookie.row")).isEqualTo(logout == Logout.STAGE_1_GET);
    }

    @Test
    @Order(3)
    void a_logout_by_nobody_does_not_take_the_place_of_adas() {
        ada.send(logout.call());
        int adas = panel().number("logout.exchange");

        ada.send(logout.call());

        assertThat(panel().list("exchanges").get(0).number("number")).isGreaterThan(adas);
        assertThat(panel().number("logout.exchange")).isEqualTo(adas);
        assertThat(panel().text("logout.user")).isEqualTo("ada");
    }

    @Test
    @Order(3)
    void a_browser_that_holds_the_new_id_is_told_of_the_logout_that_set_it() {
        ada.send(logout.call());

        assertThat(ada.copy().panel().isNull("logout")).isEqualTo(logout == Logout.STAGE_4);
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
        ada.send(logout.call());

        assertThat(statedResidue())
                .containsEntry("replay of the old cookie", null)
                .containsEntry("a save in flight during logout brings the user back", null)
                .containsEntry("another site can log the user out", null);
        ada.tries("slow-save").then().statusCode(409);
        ada.tries("foreign-link").then().statusCode(409);
    }

    @Test
    @Order(5)
    void shows_the_headers_of_an_exchange_and_never_an_id() {
        String oldCookie = ada.sessionCookie();
        String oldId = stage.rowOf(ada).id();
        ada.request().header("Referer", "http://localhost/?id=" + oldId).get("/" + oldCookie);
        ada.send(logout.call());
        ada.tries("replay").then().statusCode(202);
        ada.logIn();

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
    @Order(6)
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
