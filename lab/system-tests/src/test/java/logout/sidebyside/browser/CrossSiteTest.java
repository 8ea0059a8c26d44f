package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import logout.experiment.StoredSession;
import logout.express.ExpressLogout;
import logout.express.ExpressStack;
import logout.testing.RunningExpress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Cookie;

@DisplayName("A page on another site")
@Order(4)
class CrossSiteTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    @RegisterExtension
    final Site elsewhere = new Site();

    private final Ada ada = new Ada(browser, stage);

    private Cookie cookie;
    private List<StoredSession> rows;

    private void ada_is_logged_in(Way way) {
        stage.start(way.stage);
        ada.hasKept("buy milk");
        cookie = browser.cookie(stage.cookieName());
        rows = stage.rows();
    }

    private void assert_that_ada_is_still_logged_in() {
        assertThat(stage.rows()).isEqualTo(rows);
        ada.comes();
        assertThat(browser.text("#who")).isEqualTo("ada");
        assertThat(browser.cookie(stage.cookieName())).isEqualTo(cookie);
    }

    private void assert_that_the_user_is_forgotten() {
        browser.eventually(
                () -> assertThat(stage.rows()).extracting(StoredSession::user).containsExactly((String) null));
    }

    /** The answer of the latest request for this path that a browser has sent, and whether the cookie came along. */
    private void assert_that_the_server_answered(String path, int status, boolean withCookie) {
        browser.eventually(() -> {
            assertThat(stage.running().newBrowser().panel().list("exchanges"))
                    .filteredOn(exchange -> exchange.text("path").equals(path))
                    .first()
                    .satisfies(latest -> {
                        assertThat(latest.number("status")).isEqualTo(status);
                        assertThat(!latest.isNull("sent"))
                                .as("the cookie came along")
                                .isEqualTo(withCookie);
                    });
        });
    }

    @Test
    @Order(1)
    void cannot_log_the_user_out_with_a_picture_as_the_stages_own_page_can_for_the_cookie_stays_at_home() {
        ada_is_logged_in(Way.LINK);

        browser.open(elsewhere.pageWith("<img alt=cat src=" + stage.address("/logout") + ">"));

        assert_that_the_server_answered("/logout", 302, false);
        assert_that_ada_is_still_logged_in();
        browser.script("const cat = new Image(); cat.src = '/logout'; document.body.append(cat)");
        assert_that_the_user_is_forgotten();
    }

    /** %s is the address of the logout. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>location = '%s'</script>",
                "<form action=%s></form><script>document.forms[0].submit()</script>"
            })
    @Order(3)
    void can_log_the_user_out_of_stage_1_without_a_click(String page) {
        ada_is_logged_in(Way.LINK);

        browser.open(elsewhere.pageWith(page.formatted(stage.address("/logout"))));

        assert_that_the_user_is_forgotten();
        browser.eventually(() -> ada.seesNothingPersonal("buy milk"));
        assert_that_the_server_answered("/logout", 302, true);
    }

    /** The cookie stays at home, so the logout runs for nobody. What its reply sets is kept all the same. */
    @Test
    @Order(3)
    void can_take_the_cookie_of_an_express_app_from_the_browser_and_the_session_lives_on() throws IOException {
        String logout = "take-home";
        try (ExpressStack stack =
                RunningExpress.start(new ExpressStack.Options("5", null, Map.of(), List.of(logout)))) {
            ExpressLogout express = stack.logout(logout);
            browser.open(express.address());
            ada.sends(express.protocol().logIn(express.user(), express.password()));
            // Without SameSite, Chromium lets the cookie go along with such a form for two minutes.
            Cookie before = browser.cookie(express.cookieName());
            browser.setCookie(new Cookie.Builder(before.getName(), before.getValue())
                    .isHttpOnly(true)
                    .sameSite("Lax")
                    .build());
            assertThat(browser.status("/api/me")).isEqualTo(200);

            String action = express.address().resolve(express.logout().path()).toString();
            browser.open(elsewhere.pageWith(
                    "<form method=post action=" + action + "></form><script>document.forms[0].submit()</script>"));
            browser.eventually(() ->
                    assertThat(browser.valueAnywhere(express.cookieName())).isNotEqualTo(before.getValue()));
            browser.open(express.address());

            assertThat(browser.status("/api/me")).isEqualTo(401);
            assertThat(express.session(before.getValue()).user()).isEqualTo("ada");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"FORM", "STAGE_4"})
    @Order(5)
    void cannot_log_the_user_out_with_a_form(Way way) {
        ada_is_logged_in(way);
        String form = "<form method=post action=%s></form><script>document.forms[0].submit()</script>";

        browser.open(elsewhere.pageWith(form.formatted(stage.address(way.path))));

        assert_that_the_server_answered(way.path, 403, false);
        assert_that_ada_is_still_logged_in();
    }

    @Test
    @Order(7)
    void that_gives_its_own_name_the_stages_address_is_refused_by_the_stage() {
        ada_is_logged_in(Way.STAGE_4);
        URI rebound = URI.create(
                "http://" + Chromium.FOREIGN_HOST + ":" + stage.address().getPort() + "/");

        browser.open(rebound);

        assertThat(browser.script("return performance.getEntriesByType('navigation')[0].responseStatus"))
                .isEqualTo(421L);
        assertThat(browser.has("main, #lab-panel")).isFalse();
        assertThat(browser.status("/lab/state")).isEqualTo(421);
        assertThat(browser.status("/api/note")).isEqualTo(421);
        assertThat(browser.cookie(stage.cookieName()))
                .as("a cookie for the other name")
                .isNull();
        assert_that_ada_is_still_logged_in();
    }
}
