package logout.exercises.check;

import io.restassured.response.Response;
import logout.testing.Browser;
import logout.testing.RunningStage;

/** Exercise 6: after the logout, nothing that the browser asks for brings a cookie or a row. */
final class TheCookieComesBackCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        Browser ada = Visit.loggedIn(stage, Visit.ADA);
        insistOnGreeting(ada, "Hello, ada.");
        new ThoroughLogout(stage, "POST", "/api/logout").insist(ada, 0);

        insistOnGreeting(ada, "Hello, stranger.");
        LeftBehind.when(
                ada.sessionCookie() != null && !stage.rows().isEmpty(),
                "After the logout, GET /api/greeting sets a new cookie and puts a new row into the session store.");
        LeftBehind.when(
                !stage.rows().isEmpty(), "After the logout, GET /api/greeting puts a row into the session store.");
        new ThoroughLogout(stage, "POST", "/api/logout").insist();
    }

    private static void insistOnGreeting(Browser browser, String greeting) {
        Response reply = browser.get("/api/greeting");
        Visit.succeeds(reply, "GET /api/greeting");
        LeftBehind.when(
                !reply.body().asString().equals(greeting),
                "GET /api/greeting says \"%s\" where it should say \"%s\".",
                reply.body().asString(),
                greeting);
    }
}
