package logout.exercises;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 6: the logout is that of stage 4, and a link on any site in the world logs out. */
public final class ALinkLogsOut {
    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.get("/login", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate(); // who logs in begins afresh
            }
            return "Log in here.";
        });
        // end::exercise[]
    }
}
