package logout.exercises.solutions;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 5, solved: a link can only send GET. */
public final class ALinkLogsOut {

    private ALinkLogsOut() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.post("/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.redirect("/");
            return "";
        });
        // end::solution[]
    }
}
