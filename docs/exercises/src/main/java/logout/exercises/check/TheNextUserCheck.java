package logout.exercises.check;

import logout.testing.Browser;
import logout.testing.RunningStage;

/** Exercise 9: on a browser that others use too, an id from before the login is worth nothing after it. */
final class TheNextUserCheck implements RoutesCheck {

    @Override
    public void tryOut(RunningStage stage) {
        Browser shared = Visit.loggedIn(stage, Visit.GRACE);
        Visit.succeeds(shared.post("/api/logout"), "POST /api/logout");
        LeftBehind.when(Visit.user(shared) != null, "Grace is still logged in after her logout.");
        insistThatAdaIsAlone(shared, "Grace logs out, and keeps a copy of the cookie that she is left with.");

        shared = Visit.loggedIn(stage, Visit.GRACE);
        insistThatAdaIsAlone(shared, "Grace forgets to log out, and has a copy of her cookie.");
    }

    private static void insistThatAdaIsAlone(Browser shared, String story) {
        Browser copyOfGrace = shared.copy();
        Visit.logIn(shared, Visit.ADA);
        LeftBehind.when(
                "ada".equals(Visit.user(copyOfGrace)),
                "%s Ada logs in on the same browser, and Grace's copy is logged in as ada.",
                story);
        LeftBehind.when(
                Visit.note(shared) != null, "%s Ada logs in on the same browser, and reads Grace's note.", story);
        LeftBehind.when(
                Visit.user(copyOfGrace) != null,
                "%s Ada logs in on the same browser, and Grace's session lives on.",
                story);
        LeftBehind.when(Visit.note(copyOfGrace) != null, "%s Her copy still reads a note.", story);
    }
}
