package logout.testing;

import io.restassured.response.Response;
import logout.app.account.DemoAccount;
import logout.experiment.RequestInFlight;
import logout.experiment.Site;

/** What a person does on the plain site of stage 1. */
public final class PlainSite {

    private PlainSite() {}

    /** Logs the first demo account in. */
    public static Response logIn(Browser browser) {
        DemoAccount account = DemoAccount.ALL.get(0);
        return browser.send(Site.CLASSIC.logIn(account.name(), account.password()));
    }

    /** Saves a note. */
    public static Response keepNote(Browser browser, String note) {
        return browser.send(Site.CLASSIC.keepNote(note));
    }

    /** Begins to save a note; the rest of the request comes when it is told to finish. */
    public static RequestInFlight beginToSave(Browser browser, String note) {
        return browser.begin(Site.CLASSIC.keepNote(note));
    }
}
