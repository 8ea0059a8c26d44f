package logout.exercises.solutions;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 4, solved: a deletion names the path as well. */
public final class TheCookieWillNotGo {

    private TheCookieWillNotGo() {}

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
