package logout.testing;

import io.restassured.response.Response;

/**
 * What a person does with a browser at a stage, whichever it is.
 *
 * @param onPlainSite whether the stage is a site of pages and forms; else it is a single page with an API
 * @param method the method of the logout's request
 * @param path the path of the logout's request
 */
public record Person(boolean onPlainSite, String method, String path) {

    /** Logs the first demo account in, and proves that it is. */
    public void logIn(Browser browser) {
        Response reply = onPlainSite ? PlainSite.logIn(browser) : SinglePage.logIn(browser);
        reply.then().statusCode(onPlainSite ? 302 : 200);
        browser.get("/api/me").then().statusCode(200);
    }

    /** Keeps a note in the session. */
    public void keepNote(Browser browser, String note) {
        Response reply = onPlainSite ? PlainSite.keepNote(browser, note) : SinglePage.keepNote(browser, note);
        reply.then().statusCode(onPlainSite ? 302 : 200);
    }

    /** Sends the logout, and returns its reply whatever it is. */
    public Response logOut(Browser browser) {
        return browser.request().request(method, path);
    }
}
