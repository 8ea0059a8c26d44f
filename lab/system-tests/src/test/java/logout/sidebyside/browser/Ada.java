package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.PageProtocol;
import logout.panel.LabPanel;

/** What ada does at a stage: she fills in and clicks, and waits until the page shows what came of it. */
final class Ada {

    private static final DemoAccount ACCOUNT = DemoAccount.ALL.get(0);

    private static final String NOTE_AS_SENT = "document.getElementById('note')?.defaultValue";
    private static final String SEND = """
            const [method, path, type, body, done] = arguments;
            fetch(path, { method, headers: { 'Content-Type': type }, body }).finally(done);""";
    private static final String SAID = "document.getElementById('status').textContent";

    private final RealBrowser browser;
    private final LiveStage stage;

    Ada(RealBrowser browser, LiveStage stage) {
        this.browser = browser;
        this.stage = stage;
    }

    /** Opens the home page and waits until it shows who is logged in, or the login form. */
    void comes() {
        browser.open(stage.address());
        browser.eventually(() -> assertThat(browser.has("#login, #log-out, #to-profile"))
                .as("the home page has settled")
                .isTrue());
    }

    /** Is logged in and has kept a note, by the quickest way that there is. She sees the page that shows both. */
    void hasKept(String note) {
        browser.open(stage.address("/assets/favicon.svg"));
        PageProtocol pages = LabPanel.protocolOf(stage.running().stage());
        sends(pages.logIn(ACCOUNT.name(), ACCOUNT.password()));
        sends(pages.keepNote(note));
        browser.open(stage.address(stage.isPlainSite() ? "/profile" : "/"));
        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo(ACCOUNT.name()));
        assertThat(note()).isEqualTo(note);
    }

    /** Has the open page's site sent what its own pages would send. */
    void sends(Call call) {
        browser.asyncScript(SEND, call.method(), call.path(), call.contentType(), call.body());
    }

    /** Opens the home page and logs in, if she is not logged in already. */
    void logsIn() {
        comes();
        if (browser.has("#login")) {
            sendsTheForm();
        }
        browser.eventually(() -> assertThat(browser.text("#who")).isEqualTo(ACCOUNT.name()));
    }

    /** Fills in the login form and sends it, with the right password. */
    void sendsTheForm() {
        tries(ACCOUNT.password());
    }

    /** Fills in the login form and sends it. */
    void tries(String password) {
        browser.fillIn("#username", ACCOUNT.name());
        browser.fillIn("#password", password);
        browser.click("#log-in");
    }

    void keeps(String note) {
        browser.fillIn("#note", note);
        browser.click("#save-note");
        browser.eventually(() -> assertThat(browser.script("return " + (stage.isPlainSite() ? NOTE_AS_SENT : SAID)))
                .isEqualTo(stage.isPlainSite() ? note : "Note saved."));
    }

    /** Clicks the button or link, and waits until the page shows the login form. */
    void logsOut(Way way) {
        logsOut(way.button);
    }

    void logsOut(String button) {
        browser.click(button);
        browser.eventually(
                () -> assertThat(browser.has("#login")).as("the login form").isTrue());
    }

    /** The note in its field. */
    String note() {
        return browser.property("#note", "value");
    }

    /** Whether the field of the note takes its direction from what is in it. */
    boolean noteRunsFromRightToLeft() {
        return "rtl".equals(browser.script("return getComputedStyle(document.getElementById('note')).direction"));
    }

    /** What the app tells the visitor. */
    String isTold() {
        return browser.text("#status");
    }

    /** Asserts that the app shows the login form, and neither a name nor a note. The lab panel is not the app. */
    void seesNothingPersonal(String note) {
        assertThat(browser.has("main #login")).as("the login form").isTrue();
        assertThat(browser.has("main #who")).as("somebody's name").isFalse();
        assertThat(browser.has("main #note")).as("the field of the note").isFalse();
        assertThat(browser.property("main", "textContent")).doesNotContain(note);
    }
}
