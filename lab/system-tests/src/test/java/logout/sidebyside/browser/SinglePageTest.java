package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import logout.app.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Cookie;

/** Stages 2 to 4 have the same page. Here it is stage 4 that serves it. */
@DisplayName("The single page")
@Order(2)
class SinglePageTest {

    private static final Stage STAGE = Way.STAGE_4.stage;

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);

    @BeforeEach
    void the_stage_runs() {
        stage.start(STAGE);
    }

    private void is_told(String... sentences) {
        browser.eventually(() -> assertThat(ada.isTold()).contains(sentences));
    }

    /** By WebDriver's own clicks: all other tests' are a script's. */
    @Test
    @Order(1)
    void says_so_when_the_password_is_wrong_or_the_session_store_fails_and_fills_in_a_demo_account_when_asked_to() {
        ada.comes();

        ada.tries("difference-engine");

        browser.eventually(() -> assertThat(ada.isTold()).isEqualTo("That name and password do not match."));
        ada.seesNothingPersonal("buy milk");
        assertThat(stage.rows()).isEmpty();

        browser.find("button[data-username=ada]").click();
        browser.find("#log-in").click();

        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo("ada"));

        ada.logsOut(Way.STAGE_4);
        stage.running().database().close();
        ada.sendsTheForm();
        is_told("The server answered: “The session store failed.", "You are not logged in here.");
    }

    @Test
    @Order(3)
    void shows_user_and_note_again_as_written_after_a_reload_and_by_the_back_button_until_a_logout_elsewhere() {
        String note = "לקנות <img src=x onerror=\"document.title='owned'\">";
        ada.hasKept("");
        ada.keeps(note);

        browser.reload();

        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo("ada"));
        assertThat(ada.note()).isEqualTo(note);
        assertThat(ada.noteRunsFromRightToLeft()).isTrue();
        assertThat(browser.script("return document.title")).asString().startsWith("Home page");

        browser.open(stage.address("/assets/favicon.svg"));
        browser.back();
        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo("ada"));
        assertThat(ada.note()).isEqualTo(note);

        browser.open(stage.address("/assets/favicon.svg"));
        ada_logs_out_elsewhere();
        browser.back();

        browser.eventually(() -> ada.seesNothingPersonal(note));
    }

    /** From now on the page does not notice that its tab is looked at again. */
    private void only_other_tabs_tell_it() {
        browser.script("window.addEventListener('visibilitychange', event => event.stopImmediatePropagation(), true)");
    }

    @Test
    @Order(5)
    void notices_that_another_tab_has_logged_out_and_in_again() {
        ada.hasKept("buy milk");
        only_other_tabs_tell_it();
        String first = browser.currentTab();
        String second = browser.newTab();
        browser.open(stage.address());
        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo("ada"));

        ada.logsOut(Way.STAGE_4);

        browser.switchTo(first);
        is_told("You were logged out in another tab.");
        ada.seesNothingPersonal("buy milk");

        browser.switchTo(second);
        ada.logsIn();

        browser.switchTo(first);
        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo("ada"));
    }

    /**
     * Chromium keeps no copy of a page whose script got a {@code no-store} reply. Other browsers may, and tell the
     * page so with these two events.
     */
    @Test
    @Order(9)
    void leaves_nothing_personal_for_a_browser_that_keeps_pages_as_they_were_left() {
        ada.hasKept("buy milk");
        browser.script("window.asked = 0; const ask = window.fetch;"
                + " window.fetch = (...request) => { window.asked++; return ask(...request); };");

        browser.script("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");

        assertThat(browser.has("main #who, main #note, main #login")).isFalse();
        assertThat(browser.property("main", "textContent")).doesNotContain("buy milk");
        assertThat(browser.property("#lab-panel", "textContent")).doesNotContain("buy milk");

        ada_logs_out_elsewhere();
        browser.script("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");

        browser.eventually(() -> ada.seesNothingPersonal("buy milk"));
    }

    private void ada_logs_out_elsewhere() {
        Cookie cookie = browser.cookie(stage.cookieName());
        stage.elsewhere(cookie.getValue()).post("/api/logout").then().statusCode(204);
    }

    @Test
    @Order(10)
    void notices_when_it_is_looked_at_again_that_the_session_has_ended_elsewhere() {
        ada.hasKept("buy milk");
        ada_logs_out_elsewhere();

        browser.script("document.dispatchEvent(new Event('visibilitychange'))");

        is_told("Your session is over.");
        assertThat(ada.isTold()).doesNotContain("not saved");
        ada.seesNothingPersonal("buy milk");
    }

    @Test
    @Order(10)
    void says_that_the_note_that_was_being_written_is_lost_when_the_stage_was_started_anew() {
        ada.hasKept("buy milk");
        browser.fillIn("#note", "buy tea");
        stage.running().empty();

        browser.script("document.dispatchEvent(new Event('visibilitychange'))");

        is_told("Your session is over.", "What you had written and not saved is gone from this page.");
    }

    @Test
    @Order(10)
    void says_that_it_waits_where_the_server_takes_its_time() {
        ada.hasKept("buy milk");
        browser.script(
                "const ask = window.fetch; window.fetch = (path, ...more) => path !== '/api/note' ? ask(path, ...more)"
                        + " : new Promise(answer => { window.goOn = () => answer(ask(path, ...more)); });");
        browser.click("#save-note");

        is_told("Waiting for the server …");

        browser.script("goOn()");
        is_told("Note saved.");
    }

    @Test
    @Order(10)
    void leads_to_stage_1_with_javascript_off_and_its_header_holds() {
        browser.setSize(1280, 720);
        browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));

        browser.open(stage.address());
        assertThat(browser.has("main a")).as("a link to what does not run").isFalse();

        stage.running().server().linkTo(Map.of("1", "http://localhost:4571/"));
        browser.open(stage.address());

        assertThat(browser.text("main")).contains("Turn it on here, or take stage 1, which works without.");
        assertThat(browser.property("main a", "href")).isEqualTo("http://localhost:4571/");
        assertThat(browser.script(
                        "const left = selector => document.querySelector(selector).getBoundingClientRect().left;"
                                + " return left('h1') - left('.project')"))
                .isEqualTo(0L);
    }

    @Test
    @Order(11)
    void says_that_a_note_was_not_saved_when_the_session_has_ended_elsewhere_and_that_a_refused_logout_is_none() {
        ada.hasKept("buy milk");
        ada_logs_out_elsewhere();

        browser.fillIn("#note", "buy tea");
        browser.click("#save-note");

        is_told("This page was made for ada, and now nobody is logged in here.");
        ada.seesNothingPersonal("buy milk");
        assertThat(stage.rows()).isEmpty();
        ada.hasKept("buy milk");
        browser.script("const ask = fetch; window.fetch = (path, { method, ...more }) => method === 'GET'"
                + " ? ask(path, more) : Promise.resolve(new Response('', { status: method === 'POST' ? 403 : 401 }))");
        browser.click("#log-out");
        is_told("The server answered: “403", "You are still logged in. Try again.");
        browser.click("#save-note");
        is_told("Your session is over, so the note was not saved.");
        ada.seesNothingPersonal("buy milk");
    }

    @Test
    @Order(12)
    void says_that_the_server_was_not_reached_wipes_what_it_shows_and_finishes_the_logout_when_it_is_back() {
        ada.hasKept("buy milk");
        stage.running().stop();

        browser.click("#log-out");

        is_told("The server was not reached", "your session may still be alive");
        assertThat(browser.has("main #who, main #note, main #login")).isFalse();
        assertThat(browser.property("main", "textContent")).doesNotContain("ada", "buy milk");
        assertThat(browser.has("#try-again")).isTrue();
        Axe.assertNoViolation(browser);
        assertThat(stage.rows()).as("the session is alive indeed").hasSize(1);

        browser.click("#try-again");
        is_told("The server was not reached");

        stage.running().startAgain();
        browser.click("#try-again");

        is_told("Logged out.");
        ada.seesNothingPersonal("buy milk");
        assertThat(stage.rows()).isEmpty();
        assertThat(browser.cookie(stage.cookieName())).isNull();
    }

    @Test
    @Order(14)
    void shows_an_error_of_the_server_as_one_and_claims_no_logout() {
        ada.hasKept("buy milk");
        stage.running().database().close();

        browser.click("#log-out");

        is_told("The server answered: “The session store failed.", "Take it that you are still logged in");
        assertThat(ada.isTold()).doesNotContain("Logged out");
        assertThat(browser.text("#who")).isEqualTo("ada");
        assertThat(browser.find("#log-out").isEnabled()).isTrue();
    }
}
