package logout.exercises;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 1: a site without a logout. {@link Session} and {@link Sessions} are at hand. */
public final class RedirectOnly {
    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        // Write both here: spark.get("/logout", …) and spark.post("/logout", …)
        // end::exercise[]
    }
}
