package logout.testing;

import io.restassured.response.Response;
import logout.app.account.DemoAccount;
import logout.experiment.PageProtocol;
import logout.experiment.RequestInFlight;

/** What a person does on the plain site of stage 1. */
public final class PlainSite {

    private PlainSite() {}

    /** Logs the first demo account in. */
    public static Response logIn(Browser browser) {
        DemoAccount account = DemoAccount.ALL.get(0);
        return browser.send(PageProtocol.CLASSIC.logIn(account.name(), account.password()));
    }

    /** Saves a note. */
    public static Response keepNote(Browser browser, String note) {
        return browser.send(PageProtocol.CLASSIC.keepNote(note));
    }

    /** Begins to save a note; the rest of the request comes when it is told to finish. */
    public static RequestInFlight beginToSave(Browser browser, String note) {
        return browser.begin(PageProtocol.CLASSIC.keepNote(note));
    }
}
