package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import logout.experiment.StoredSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Cookie;

@DisplayName("The plain site of stage 1")
@Order(3)
class PlainSiteTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);

    @BeforeEach
    void the_stage_runs() {
        stage.start(Way.LINK.stage);
    }

    @Test
    @Order(2)
    void works_with_javascript_off_and_keeps_the_name_when_the_password_is_wrong() {
        browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        browser.open(stage.address());
        assertThat(browser.text("#lab-panel")).contains("It takes JavaScript to look behind the page");

        ada.tries("difference-engine");
        browser.eventually(() -> assertThat(ada.isTold()).isEqualTo("That name and password do not match."));
        assertThat(browser.property("#username", "value")).isEqualTo("ada");
        assertThat(browser.property("#password", "value")).isEmpty();
        assertThat(stage.rows()).isEmpty();

        ada.sendsTheForm();
        browser.eventually(() -> assertThat(browser.path()).isEqualTo("/profile"));
        browser.fillIn("#note", "buy milk");
        browser.click("#save-note");
        browser.eventually(
                () -> assertThat(stage.rows()).extracting(StoredSession::note).containsExactly("buy milk"));
        browser.reload();
        assertThat(ada.note()).isEqualTo("buy milk");
        browser.click("#to-home");
        browser.eventually(() -> assertThat(browser.has("#to-profile")).isTrue());
        browser.click("#to-profile");
        browser.eventually(() -> assertThat(browser.path()).isEqualTo("/profile"));

        browser.click(Way.FORM.button);

        browser.eventually(() -> assertThat(browser.path()).isEqualTo("/"));
        ada.seesNothingPersonal("buy milk");
        assertThat(stage.rows()).extracting(StoredSession::user).containsExactly((String) null);
    }

    @Test
    @Order(3)
    void shows_the_note_when_the_back_button_leads_to_the_profile_while_the_user_is_logged_in() {
        ada.hasKept("לקנות חלב");
        browser.click("#to-home");
        browser.eventually(() -> assertThat(browser.path()).isEqualTo("/"));

        browser.back();

        browser.eventually(() -> assertThat(ada.note()).isEqualTo("לקנות חלב"));
        assertThat(ada.noteRunsFromRightToLeft()).isTrue();
    }

    /**
     * After a logout that sets no cookie Chromium brings the page back just as it was left, {@code no-store} or not. It
     * does not where a script on the page got a {@code no-store} reply, as the lab panel's does; so that one is off.
     */
    @Test
    @Order(5)
    void shows_nothing_personal_when_the_browser_kept_the_page_as_it_was_left() {
        browser.command("Network.enable", Map.of());
        browser.command("Network.setBlockedURLs", Map.of("urls", List.of("*/assets/lab-panel.js")));
        String watch = "addEventListener('pageshow',"
                + " event => { if (event.persisted) sessionStorage.setItem('kept', 'yes'); });";
        browser.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", watch));
        ada.logsIn();
        ada.keeps("buy milk");
        ada.logsOut(Way.LINK);

        browser.back();

        browser.eventually(() -> ada.seesNothingPersonal("buy milk"));
        assumeTrue(
                "yes".equals(browser.script("return sessionStorage.getItem('kept')")),
                "This browser keeps no page as it was left: nothing to see here.");
    }

    @Test
    @Order(6)
    void says_after_a_logout_that_the_session_store_did_not_do_to_take_it_that_one_is_still_logged_in() {
        ada.hasKept("buy milk");
        Cookie cookie = browser.cookie(stage.cookieName());
        stage.running().database().close();

        browser.click(Way.FORM.button);

        browser.eventually(() -> assertThat(browser.path()).isEqualTo(Way.FORM.path));
        assertThat(ada.isTold()).contains("cannot tell", "Take it that you are still logged in");
        assertThat(browser.cookie(stage.cookieName())).isEqualTo(cookie);
        assertThat(browser.has("#log-out-again")).as("a way to try again").isTrue();
        assertThat(browser.has("#to-home")).as("a way back").isTrue();
        Axe.assertNoViolation(browser);
    }
}
