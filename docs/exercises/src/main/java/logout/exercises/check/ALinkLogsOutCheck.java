package logout.exercises.check;

import io.restassured.response.Response;
import logout.testing.Browser;
import logout.testing.RunningStage;

/** Exercise 5: only the app's own page can log out, and its form does. */
final class ALinkLogsOutCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        Browser ada = Visit.loggedIn(stage, Visit.ADA);

        ada.request()
                .header("Sec-Fetch-Site", "cross-site")
                .header("Referer", "http://elsewhere.example/")
                .get("/logout");
        LeftBehind.when(Visit.user(ada) == null, "A link on another site has logged Ada out.");
        ada.get("/logout");
        LeftBehind.when(
                Visit.user(ada) == null,
                "A link that does not say where it comes from, as in an e-mail, has logged Ada out.");
        ada.request().header("Sec-Fetch-Site", "same-origin").get("/logout");
        LeftBehind.when(
                Visit.user(ada) == null,
                "GET /logout still logs out: a browser that loads pages ahead would log Ada out before she clicks.");
        Response foreign =
                ada.request().header("Origin", "http://elsewhere.example").post("/logout");
        LeftBehind.when(Visit.user(ada) == null, "A form on another site has logged Ada out.");
        LeftBehind.when(
                foreign.statusCode() == 404 || foreign.statusCode() == 405,
                "Nobody can log out any more: there is no POST /logout for the form.");
        ada.post("/logout");
        LeftBehind.when(Visit.user(ada) != null, "The form of the page, POST /logout, does not log out.");
        stage.rows().forEach(row -> LeftBehind.when(row.user() != null, "The old row is still in the session store."));
        new ThoroughLogout(stage, "POST", "/logout").insist();
    }
}
