package logout.exercises.check;

import io.restassured.response.Response;
import logout.testing.Browser;
import logout.testing.RunningStage;

/** Exercise 2: the logout says what it has done. */
final class NotFoundAfterAllCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        Browser ada = Visit.loggedIn(stage, Visit.ADA);
        Response reply = ada.post("/api/logout");
        LeftBehind.when(
                reply.statusCode() == 404,
                "The reply says 404, not found; and %s.",
                Visit.user(ada) == null ? "Ada was logged out all the same" : "Ada is still logged in");
        Visit.succeeds(reply, "POST /api/logout");
        new ThoroughLogout(stage, "POST", "/api/logout").insist();
    }
}
