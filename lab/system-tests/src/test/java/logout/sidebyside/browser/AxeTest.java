package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each page in each of its states, light and dark, on a wide and on a narrow screen; and each control large enough there. */
@DisplayName("axe finds no violation")
@Order(5)
class AxeTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);

    /**
     * The two pages; the home page has after the logout all that it has before. Of the logouts, those whose panels show all
     * that a panel can: a row that stays, and an overwritten cookie.
     */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LINK", "STAGE_3"})
    @Order(1)
    void before_and_after_the_logout(Way way) {
        stage.start(way.stage);
        ada.hasKept("buy milk");
        browser.eventually(() -> assertThat(browser.text("#lab-rows")).contains("buy milk"));
        Axe.assertNoViolation(browser);

        ada.logsOut(way);
        browser.eventually(() -> assertThat(browser.text("#lab-residue")).contains("cookie in the browser"));
        browser.click("#lab-try-replay");
        browser.eventually(() -> assertThat(browser.text("#lab-replay-outcome")).isNotEmpty());
        browser.script("document.querySelectorAll('details').forEach(part => { part.open = true })");
        Axe.assertNoViolation(browser);
    }

    @Test
    @Order(2)
    void after_a_wrong_password_at_projector_size_and_without_a_server() {
        stage.start(Way.LINK.stage);
        ada.comes();
        ada.tries("difference-engine");
        browser.eventually(() -> assertThat(ada.isTold()).contains("do not match"));
        browser.click("#projector");
        stage.running().stop();
        browser.eventually(() -> assertThat(browser.text("#lab-contact")).contains("The server was not reached"));
        Axe.assertNoViolation(browser);
    }
}
