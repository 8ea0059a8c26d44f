package logout.exercises;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 9: the logout is that of stage 4, and the next request brings a cookie and a row. */
public final class TheCookieComesBack {
    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.before("/api/*", (request, response) -> {
            Session session = request.session();
            Integer visits = session.attribute("visits");
            session.attribute("visits", visits == null ? 1 : visits + 1);
        });
        spark.get("/api/visits", (request, response) -> {
            Integer visits = request.session().attribute("visits");
            return visits + " in this session";
        });
        // end::exercise[]
    }
}
