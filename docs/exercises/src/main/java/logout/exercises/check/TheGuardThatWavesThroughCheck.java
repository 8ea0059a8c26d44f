package logout.exercises.check;

import io.restassured.response.Response;
import logout.testing.Browser;
import logout.testing.RunningStage;

/** Exercise 8: with a dead cookie nobody writes into the diary, and nobody reads it. */
final class TheGuardThatWavesThroughCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        Browser ada = Visit.loggedIn(stage, Visit.ADA);
        Visit.succeeds(ada.post("/api/diary"), "POST /api/diary");
        LeftBehind.when(entries(ada) != 1, "Ada writes into her diary, and the entry is not there.");
        Browser thief = ada.copy();
        ada.post("/api/logout");

        Response written = thief.post("/api/diary");
        Response read = thief.get("/api/diary");
        Visit.logIn(ada, Visit.ADA);
        LeftBehind.when(
                entries(ada) != 1,
                "After the logout, a copy of the old cookie was told %d, and wrote into the diary all the same.",
                written.statusCode());
        LeftBehind.when(
                read.body().asString().contains("diary"),
                "After the logout, a copy of the old cookie was told %d, and got the diary all the same.",
                read.statusCode());
        LeftBehind.when(
                written.statusCode() < 300 || read.statusCode() < 300,
                "After the logout, a copy of the old cookie is told that all is well.");
    }

    private static long entries(Browser browser) {
        Response diary = browser.get("/api/diary");
        Visit.succeeds(diary, "GET /api/diary");
        return diary.body().asString().lines().count();
    }
}
