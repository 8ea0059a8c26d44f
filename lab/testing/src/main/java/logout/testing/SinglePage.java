package logout.testing;

import io.restassured.response.Response;
import logout.app.account.DemoAccount;
import logout.experiment.PageProtocol;
import logout.experiment.RequestInFlight;

/** What a person does on the single page of stages 2 to 4. */
public final class SinglePage {

    private SinglePage() {}

    /** Logs the first demo account in. */
    public static Response logIn(Browser browser) {
        return logIn(browser, DemoAccount.ALL.get(0));
    }

    /** Logs an account in. */
    public static Response logIn(Browser browser, DemoAccount account) {
        return browser.send(PageProtocol.SINGLE_PAGE.logIn(account.name(), account.password()));
    }

    /** A browser in which the first demo account is logged in. */
    public static Browser loggedIn(RunningStage stage) {
        Browser browser = stage.newBrowser();
        logIn(browser).then().statusCode(200);
        return browser;
    }

    /** Saves a note. */
    public static Response keepNote(Browser browser, String note) {
        return browser.send(PageProtocol.SINGLE_PAGE.keepNote(note));
    }

    /** Begins to save a note; the rest of the request comes when it is told to finish. */
    public static RequestInFlight beginToSave(Browser browser, String note) {
        return browser.begin(PageProtocol.SINGLE_PAGE.keepNote(note));
    }
}
