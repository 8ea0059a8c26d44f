package logout.sidebyside;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Locale;
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

/** Situations in which a panel that guesses would claim what is not so. */
@DisplayName(
        "The lab panel says only what is so, with the logout that leaves most and with the one that leaves nothing")
@ParameterizedClass
@EnumSource(names = {"STAGE_1_GET", "STAGE_4"})
class PanelSaysWhatIsSoTest {

    private final Logout logout;

    @RegisterExtension
    final RunningStage stage;

    private Browser ada;

    PanelSaysWhatIsSoTest(Logout logout) {
        this.logout = logout;
        this.stage = RunningStage.of(logout.stage());
    }

    @BeforeEach
    void ada_logs_in() {
        ada = stage.newBrowser().logIn();
        ada.panel();
    }

    private static Json panel(Browser browser) {
        return browser.panel();
    }

    private static String after(Json panel, String column) {
        return line(panel, column).text("after");
    }

    private static Json line(Json panel, String column) {
        return panel.list("logout.columns").stream()
                .filter(one -> one.text("key").equals(column))
                .findFirst()
                .orElseThrow();
    }

    private void adaIsLoggedIn(boolean expected) {
        assertThat(ada.get("/api/me").statusCode()).isEqualTo(expected ? 200 : 401);
    }

    @Test
    @Order(1)
    void of_several_cookies_of_its_name_it_speaks_of_the_one_that_the_server_takes_and_shows_all() {
        String name = ada.sessionCookieName();
        for (String planted : List.of(
                name + "=planted", name + "=", name + "=\"planted\"", name.toUpperCase(Locale.ROOT) + "=planted")) {
            ada.logIn();
            String fingerprint = panel(ada).text("cookie.fingerprint.label");
            String both = planted + "; " + name + "=" + ada.sessionCookie();

            Json before = Json.of(with(both).get("/lab/state"));
            assertThat(before.text("cookie.fingerprint.label")).as(planted).isEqualTo(fingerprint);
            assertThat(before.flag("cookie.row")).as(planted).isTrue();
            assertThat(before.list("cookie.others")).as(planted).hasSize(1);

            Response reply = with(both).request(logout.method(), logout.path());

            assertThat(reply.statusCode()).isLessThan(400);
            adaIsLoggedIn(false);
            Json panel = Json.of(with(both).get("/lab/state"));
            Json exchange = panel.list("exchanges").get(1);
            assertThat(exchange.text("path")).isEqualTo(logout.path());
            assertThat(exchange.text("sent.label")).as(planted).isEqualTo(fingerprint);
            assertThat(exchange.list("others"))
                    .singleElement()
                    .satisfies(other -> assertThat(planted).startsWith(other.text("name") + "="));
            assertThat(panel.number("logout.exchange")).as(planted).isEqualTo(exchange.number("number"));
        }
    }

    /** A request with these cookies and none of the jar's. */
    private RequestSpecification with(String cookies) {
        return stage.newBrowser().request().header("Cookie", cookies);
    }

    @Test
    @Order(2)
    void an_expired_row_is_shown_as_one_that_lets_nobody_in() {
        stage.letSessionsRunOut();

        Json panel = panel(ada);
        assertThat(panel.flag("cookie.expired")).isTrue();
        assertThat(panel.list("store.rows")).singleElement().satisfies(row -> {
            assertThat(row.text("user")).isEqualTo("ada");
            assertThat(row.flag("expired")).isTrue();
        });
        for (String address : List.of("/lab/foreign-link", "/lab/slow-save")) {
            Response reply = ada.post(address);
            assertThat(reply.statusCode()).as(address).isEqualTo(409);
            assertThat(Json.of(reply).text("error")).startsWith("Log in first");
        }
        ada.send(logout.call());
        assertThat(panel(ada).isNull("logout")).isTrue();
    }

    @Test
    @Order(3)
    void a_store_that_is_away_during_a_replay_has_shown_nothing_and_it_can_be_tried_again() {
        ada.keepNote("buy milk");
        ada.send(logout.call());
        adaIsLoggedIn(false);

        stage.breakStore();
        ada.tries("replay").then().statusCode(202);
        stage.repairStore();

        Json replay = line(panel(ada), "replay");
        assertThat(replay.text("after")).isNull();
        assertThat(replay.text("notSeen")).isNotEmpty();
        ada.tries("replay").then().statusCode(202);
        assertThat(after(panel(ada), "replay"))
                .isEqualTo(logout == Logout.STAGE_1_GET ? "not logged in, reads the note" : "nothing");
    }

    @Test
    @Order(4)
    void a_store_that_is_away_at_the_end_of_a_slow_save_ends_it_and_has_shown_nothing() {
        ada.tries("slow-save").then().statusCode(202);
        ada.send(logout.call());
        stage.breakStore();
        // Nothing can be asked of a stage whose store is away; that the save is over shows in the process.
        until(
                "the slow save has ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName()
                                .equals("slow save on port " + stage.address().getPort())));
        stage.repairStore();

        Json panel = panel(ada);
        assertThat(panel.flag("slowSave.running")).isFalse();
        assertThat(panel.text("slowSave.notSeen")).isNotEmpty();
        assertThat(line(panel, "saveInFlight").text("after")).isNull();
        assertThat(line(panel, "saveInFlight").text("notSeen")).isNotEmpty();
        ada.logIn();
        ada.tries("slow-save").then().statusCode(202);
        ada.send(logout.call());
    }

    @Test
    @Order(5)
    void another_browsers_logout_during_a_slow_save_does_not_hide_that_the_saver_was_logged_out() {
        Browser other = stage.newBrowser().logIn();
        ada.tries("slow-save").then().statusCode(202);
        assertThat(panel(ada).number("slowSave.secondsLeft"))
                .as("time enough to log out with a keyboard")
                .isBetween(15, 20);

        ada.send(logout.call());
        other.send(logout.call());
        assertThat(panel(ada).number("slowSave.secondsLeft"))
                .as("nobody waits any longer")
                .isLessThanOrEqualTo(3);
        until("the slow save has ended", () -> !panel(ada).flag("slowSave.running"));

        boolean back = logout == Logout.STAGE_1_GET;
        assertThat(panel(ada).flag("slowSave.loggedOutMeanwhile")).isTrue();
        assertThat(panel(ada).flag("slowSave.userBack")).isEqualTo(back);
        adaIsLoggedIn(back);
    }

    @Test
    @Order(6)
    void a_browser_is_told_of_its_own_logout_and_of_what_was_tried_after_it_and_of_no_others() {
        Browser other = stage.newBrowser().logIn();
        other.panel();
        ada.tries("slow-save").then().statusCode(202);
        ada.send(logout.call());
        ada.tries("replay").then().statusCode(202);
        until("the slow save has ended", () -> !panel(ada).flag("slowSave.running"));
        String adas = panel(ada).text("logout.old.label");
        ada.logIn();
        ada.tries("foreign-link").then().statusCode(202);

        for (Browser stranger : List.of(other, stage.newBrowser())) {
            for (String part : List.of("logout", "replay", "slowSave", "foreignLink")) {
                assertThat(panel(ada).isNull(part)).as("ada's " + part).isFalse();
                assertThat(panel(stranger).isNull(part)).as(part).isTrue();
            }
            stranger.tries("replay").then().statusCode(409);
        }
        assertThat(panel(other).list("exchanges"))
                .anyMatch(one -> one.text("path").equals(logout.path()));
        other.send(logout.call());
        assertThat(panel(other).isNull("logout")).isFalse();
        assertThat(panel(ada).text("logout.old.label")).isEqualTo(adas);
    }

    @Test
    @Order(8)
    void a_head_request_is_no_logout() {
        ada.request().head(logout.path());

        assertThat(panel(ada).isNull("logout")).isTrue();
        adaIsLoggedIn(true);
    }

    @Test
    @Order(9)
    void what_another_start_of_the_stage_has_numbered_is_not_taken_for_its_own() {
        String before = panel(ada).text("server");
        ada.get("/lab/headers?exchange=1&server=" + before).then().statusCode(200);

        stage.restart();
        ada.get("/api/me").then().statusCode(200);

        assertThat(panel(ada).list("exchanges")).hasSize(1);
        assertThat(panel(ada).text("server")).isNotEqualTo(before);
        ada.get("/lab/headers?exchange=1&server=" + before).then().statusCode(404);
    }

    @Test
    @Order(10)
    void a_row_that_is_broken_is_not_legible_and_hides_no_other() {
        Browser other = stage.newBrowser().logIn();
        String broken = other.sessionCookie();
        for (String content : List.of("NULL", "X'00'", "X'ACED0005'", "X'ACED0005740003616461'")) {
            stage.setContent(broken, content);

            Response reply = ada.get("/lab/state");

            assertThat(reply.statusCode()).as(content).isEqualTo(200);
            List<Json> rows = Json.of(reply).list("store.rows");
            assertThat(rows).extracting(row -> row.text("user")).containsExactlyInAnyOrder("ada", null);
            assertThat(rows).extracting(row -> row.flag("legible")).containsExactlyInAnyOrder(true, false);
            other.get("/lab/state").then().statusCode(200);
        }
    }

    @Test
    @Order(11)
    void a_long_note_is_cut_between_two_characters() {
        ada.keepNote("x".repeat(119) + "😀 and more");

        assertThat(panel(ada).list("store.rows").get(0).text("note")).isEqualTo("x".repeat(119) + "😀…");
    }
}
