package logout.sidebyside;

import io.restassured.response.Response;
import logout.app.Stage;
import logout.stage01.RedirectLogoutApp;
import logout.stage02.SpaLogoutApp;
import logout.stage03.ClearCookieApp;
import logout.stage04.DestroySessionApp;
import logout.testing.Browser;
import logout.testing.PlainSite;
import logout.testing.SinglePage;

/** The five logouts, as the residue table has them from left to right. */
enum Logout {
    STAGE_1_GET(RedirectLogoutApp.STAGE, "GET", "/logout"),
    STAGE_1_POST(RedirectLogoutApp.STAGE, "POST", "/logout"),
    STAGE_2(SpaLogoutApp.STAGE, "POST", "/api/logout"),
    STAGE_3(ClearCookieApp.STAGE, "POST", "/api/logout"),
    STAGE_4(DestroySessionApp.STAGE, "POST", "/api/logout");

    final Stage stage;
    final String method;
    final String path;

    Logout(Stage stage, String method, String path) {
        this.stage = stage;
        this.method = method;
        this.path = path;
    }

    /** The heading of its column in the residue table. */
    String heading() {
        return stage.number() + " `" + method + " " + path + "`";
    }

    void logIn(Browser browser) {
        Response reply = isPlainSite() ? PlainSite.logIn(browser) : SinglePage.logIn(browser);
        browser.get("/api/me").then().statusCode(200);
        reply.then().statusCode(isPlainSite() ? 302 : 200);
    }

    void keepNote(Browser browser, String note) {
        Response reply = isPlainSite() ? PlainSite.keepNote(browser, note) : SinglePage.keepNote(browser, note);
        reply.then().statusCode(isPlainSite() ? 302 : 200);
    }

    Response logOut(Browser browser) {
        return browser.request().request(method, path);
    }

    private boolean isPlainSite() {
        return stage.number() == 1;
    }
}
