package logout.exercises.check;

import java.util.Map;
import logout.experiment.Call;
import logout.experiment.RequestInFlight;
import logout.testing.Browser;
import logout.testing.RunningStage;

/**
 * Exercise 11: the reply waits for the session store.
 *
 * <p>How can a check see that, without a guess at how long it takes? It lets the store fail in the middle of a logout.
 * A route that waits for the store knows, and says so; one that does not wait says that all is done.
 */
final class DoneBeforeItIsCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        Browser ada = Visit.loggedIn(stage, Visit.ADA);
        int status = logOutWhileTheStoreFails(stage, ada);
        LeftBehind.when(
                status < 400,
                "The session store failed and the row is still there, but the reply said %d, as if all were done.",
                status);
        LeftBehind.when(Visit.user(ada) == null, "The session store failed, and yet Ada is logged out.");
        LeftBehind.when(
                status != 503, "The session store failed, and the reply said %d; 503 says whose fault it is.", status);
        ada.post("/api/logout");
        new ThoroughLogout(stage, "POST", "/api/logout").insist();
    }

    private static int logOutWhileTheStoreFails(RunningStage stage, Browser ada) {
        try (RequestInFlight logout = ada.copy().begin(Call.form("/api/logout", Map.of("a", "b")))) {
            stage.breakStore();
            return logout.finish();
        } finally {
            stage.repairStore();
        }
    }
}
