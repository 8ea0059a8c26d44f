package logout.exercises.check;

import io.restassured.response.Response;
import java.util.List;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.RunningStage;

/** Exercise 12: all of Ada's sessions end, and nobody else's. */
final class EveryDeviceCheck implements RoutesCheck {

    private static final String PATH = "/api/logout-everywhere";

    @Override
    public void tryOut(RunningStage stage) {
        Browser grace = Visit.loggedIn(stage, Visit.GRACE);
        Browser phone = Visit.loggedIn(stage, Visit.ADA);
        Browser tablet = Visit.loggedIn(stage, Visit.ADA);
        Browser laptop = Visit.loggedIn(stage, Visit.ADA);

        Response reply = stage.newBrowser().post(PATH);
        LeftBehind.when(reply.statusCode() == 500, "Without a session, POST %s answers 500.", PATH);
        LeftBehind.when(stage.rows().size() != 4, "Somebody who is not logged in has logged others out.");

        Browser thief = laptop.copy();
        Visit.succeeds(laptop.post(PATH), "POST " + PATH);
        LeftBehind.when(
                Visit.user(thief) != null, "Ada is still logged in on the laptop, where she logged out everywhere.");
        for (Browser other : List.of(phone, tablet)) {
            LeftBehind.when(
                    Visit.user(other) != null,
                    "Ada logs out everywhere on her laptop, and is still logged in on her phone.");
            LeftBehind.when(Visit.note(other) != null, "Ada's phone is logged out, and still reads her note.");
        }
        LeftBehind.when(!"grace".equals(Visit.user(grace)), "Ada logs out everywhere, and Grace is logged out too.");
        LeftBehind.when(
                !stage.rows().stream()
                        .map(StoredSession::id)
                        .toList()
                        .equals(List.of(stage.rowOf(grace).id())),
                "Ada is logged out everywhere, and %d rows are in the session store; only Grace's should be.",
                stage.rows().size());
        LeftBehind.when(laptop.sessionCookie() != null, "The laptop still holds a session cookie.");
    }
}
