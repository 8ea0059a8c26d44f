package logout.exercises.solutions;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 10, solved: without a row, a late save has nothing to change. */
public final class ASaveInFlight {

    private ASaveInFlight() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::solution[]
    }
}
