package logout.testing;

import com.google.gson.JsonObject;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import logout.app.account.DemoAccount;
import logout.app.lab.SlowRequest;

/** What a person does on the single page of stages 2 to 4, as the requests that the page sends. */
public final class SinglePage {

    private SinglePage() {}

    /** Logs the first demo account in. */
    public static Response logIn(Browser browser) {
        return logIn(browser, DemoAccount.ALL.get(0));
    }

    /** Logs an account in. */
    public static Response logIn(Browser browser, DemoAccount account) {
        return browser.request()
                .contentType(ContentType.JSON)
                .body(json("username", account.name(), "password", account.password()))
                .post("/api/login");
    }

    /** Saves a note. */
    public static Response keepNote(Browser browser, String note) {
        return browser.request()
                .contentType(ContentType.JSON)
                .body(json("note", note))
                .put("/api/note");
    }

    /** Begins to save a note; the rest of the request comes when it is told to finish. */
    public static SlowRequest beginToSave(Browser browser, String note) {
        return browser.begin("PUT", "/api/note", ContentType.JSON.toString(), json("note", note));
    }

    private static String json(String... namesAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.addProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return object.toString();
    }
}
