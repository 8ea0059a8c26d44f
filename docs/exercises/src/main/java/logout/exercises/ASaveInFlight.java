package logout.exercises;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 10: a save that is under way during this logout brings the user back. */
public final class ASaveInFlight {

    private ASaveInFlight() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.removeAttribute(Sessions.USER);
                session.removeAttribute(Sessions.NOTE);
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::exercise[]
    }
}
