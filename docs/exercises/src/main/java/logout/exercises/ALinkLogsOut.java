package logout.exercises;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 5: a link on any site in the world can send this logout. */
public final class ALinkLogsOut {

    private ALinkLogsOut() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.get("/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.redirect("/");
            return "";
        });
        // end::exercise[]
    }
}
