package logout.exercises.solutions;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 9, solved: ask for the session that is there, and never for a new one. */
public final class TheCookieComesBack {
    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.before("/api/*", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                Integer visits = session.attribute("visits");
                session.attribute("visits", visits == null ? 1 : visits + 1);
            }
        });
        spark.get("/api/visits", (request, response) -> {
            Session session = request.session(false);
            Integer visits = session == null ? null : session.attribute("visits");
            return (visits == null ? 0 : visits) + " in this session";
        });
        // end::solution[]
    }
}
