package logout.exercises.check;

import io.restassured.response.Response;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.RunningStage;

/** Exercise 1: whoever has a copy of the old cookie finds neither the user nor the note. */
final class TheNoteStaysCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        Browser ada = Visit.loggedIn(stage, Visit.ADA);
        Visit.succeeds(ada.post("/api/basket"), "POST /api/basket");
        Browser thief = ada.copy();
        Response reply = ada.get("/logout");

        Visit.succeeds(reply, "GET /logout");
        LeftBehind.when(Visit.user(thief) != null, "A copy of the old cookie is still logged in as ada.");
        LeftBehind.when(
                Visit.note(thief) != null, "A copy of the old cookie still reads the note: \"%s\".", Visit.note(thief));
        LeftBehind.when(Visit.note(ada) != null, "The browser that logged out still reads the note.");
        LeftBehind.when(
                stage.rows().stream().map(StoredSession::note).anyMatch(Visit.NOTE::equals),
                "The note is still in the session store.");
        LeftBehind.when(
                thief.get("/api/basket").asString().equals("apples"),
                "The note is gone, but a copy of the old cookie still finds what another part of the app keeps in the"
                        + " session: a basket with apples.");
        LeftBehind.when(
                reply.statusCode() != 302 || !reply.header("Location").endsWith("/"),
                "GET /logout answers %d and no longer redirects to the home page.",
                reply.statusCode());
        Visit.succeeds(stage.newBrowser().get("/logout"), "Without a session, GET /logout");
    }
}
