package logout.exercises.check;

import java.util.function.Function;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.experiment.RequestInFlight;
import logout.launcher.StageWithPanel;
import logout.testing.Browser;
import logout.testing.SinglePage;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;

/** Exercise 13: a logout on one server is one on the other, even while that one is busy with the session. */
final class TwoServersCheck implements Check<Function<SessionHandler, SessionCache>> {

    @Override
    public void tryOut(Function<SessionHandler, SessionCache> caching) {
        Stage stage = RoutesCheck.stageOf((spark, app) -> {});
        try (Database database = Database.inMemory();
                StageServer first = StageWithPanel.start(stage, 0, database, Accounts.DEMO, caching)
                        .server();
                StageServer second = StageWithPanel.start(stage, 0, database, Accounts.DEMO, caching)
                        .server()) {
            logOutOnTheFirst(first, second);
            logOutOnTheFirstDuringASaveOnTheSecond(first, second);
        }
    }

    private static void logOutOnTheFirst(StageServer first, StageServer second) {
        Browser ada = loggedInAt(first);
        Browser copy = ada.copyAt(second);
        LeftBehind.when(Visit.user(copy) == null, "Ada logs in on one server, and the other does not know her.");
        Visit.succeeds(ada.post("/api/logout"), "POST /api/logout");
        LeftBehind.when(
                Visit.user(copy) != null,
                "Ada logs out on one server, and on the other the old cookie is still logged in.");
    }

    private static void logOutOnTheFirstDuringASaveOnTheSecond(StageServer first, StageServer second) {
        Browser ada = loggedInAt(first);
        Browser copy = ada.copyAt(second);
        try (RequestInFlight save = SinglePage.beginToSave(copy, "saved too late")) {
            Visit.succeeds(ada.post("/api/logout"), "POST /api/logout");
            LeftBehind.when(
                    Visit.user(copy) != null,
                    "Ada logs out on one server while the other saves her note. As long as that save takes, the old cookie"
                            + " is still logged in on the other.");
            save.finish();
        }
        LeftBehind.when(
                Visit.user(copy) != null || Visit.user(copy.copyAt(first)) != null,
                "Ada logs out on one server while the other saves her note, and the save brings her back.");
    }

    private static Browser loggedInAt(StageServer server) {
        Browser ada = Browser.at(server);
        // A cache that drops a session at the end of the login can miss it in a request of that very moment. The next
        // finds it.
        Visit.logIn(ada, Visit.ADA, 3);
        return ada;
    }
}
