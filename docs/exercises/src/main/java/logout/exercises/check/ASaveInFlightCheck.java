package logout.exercises.check;

import io.restassured.response.Response;
import java.util.Objects;
import logout.experiment.RequestInFlight;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.RunningStage;
import logout.testing.SinglePage;

/** Exercise 10: a save that began before the logout and ends after it changes nothing. */
final class ASaveInFlightCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        Browser ada = Visit.loggedIn(stage, Visit.ADA);
        Browser thief = ada.copy();
        try (RequestInFlight save = SinglePage.beginToSave(ada, "saved too late")) {
            Response reply = ada.post("/api/logout");
            Visit.succeeds(reply, "POST /api/logout");
            insistOnNothing(stage, thief, "A copy of the old cookie");
            save.finish();
        }
        insistOnNothing(stage, thief, "A save was under way during the logout. After it, a copy of the old cookie");
        new ThoroughLogout(stage, "POST", "/api/logout").insist();
    }

    private static void insistOnNothing(RunningStage stage, Browser thief, String whose) {
        LeftBehind.when(Visit.user(thief) != null, "%s is logged in as ada.", whose);
        LeftBehind.when(Visit.note(thief) != null, "%s reads a note.", whose);
        LeftBehind.when(
                stage.rows().stream().map(StoredSession::user).anyMatch(Objects::nonNull),
                "A row with a user is in the session store, and nobody is logged in.");
    }
}
