package logout.testing;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import logout.app.account.DemoAccount;
import logout.app.lab.SlowRequest;

/** What a person does on the plain site of stage 1, as the requests that its forms send. */
public final class PlainSite {

    private PlainSite() {}

    /** Logs the first demo account in. */
    public static Response logIn(Browser browser) {
        DemoAccount account = DemoAccount.ALL.get(0);
        return browser.request()
                .contentType(ContentType.URLENC)
                .formParam("username", account.name())
                .formParam("password", account.password())
                .post("/login");
    }

    /** Saves a note. */
    public static Response keepNote(Browser browser, String note) {
        return browser.request()
                .contentType(ContentType.URLENC.withCharset(StandardCharsets.UTF_8))
                .formParam("note", note)
                .post("/note");
    }

    /** Begins to save a note; the rest of the request comes when it is told to finish. */
    public static SlowRequest beginToSave(Browser browser, String note) {
        return browser.begin(
                "POST",
                "/note",
                ContentType.URLENC.toString(),
                "note=" + URLEncoder.encode(note, StandardCharsets.UTF_8));
    }
}
