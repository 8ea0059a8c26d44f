package logout.sidebyside;

import io.restassured.response.Response;
import logout.testing.Browser;
import logout.testing.PlainSite;
import logout.testing.SinglePage;

/** What a person does with a browser at the stage of one of the five logouts. */
final class Person {

    private final Logout logout;

    Person(Logout logout) {
        this.logout = logout;
    }

    void logIn(Browser browser) {
        Response reply = logout.onPlainSite() ? PlainSite.logIn(browser) : SinglePage.logIn(browser);
        reply.then().statusCode(logout.onPlainSite() ? 302 : 200);
        browser.get("/api/me").then().statusCode(200);
    }

    void keepNote(Browser browser, String note) {
        Response reply = logout.onPlainSite() ? PlainSite.keepNote(browser, note) : SinglePage.keepNote(browser, note);
        reply.then().statusCode(logout.onPlainSite() ? 302 : 200);
    }

    Response logOut(Browser browser) {
        return browser.request().request(logout.method(), logout.path());
    }
}
