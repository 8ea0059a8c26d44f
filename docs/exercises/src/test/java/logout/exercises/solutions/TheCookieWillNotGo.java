package logout.exercises.solutions;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 7, solved: a deletion names the path as well. */
public final class TheCookieWillNotGo {
    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.get("/api/book", (request, response) -> {
            response.cookie("/", "bookmark", "page-12", 3600, false, true);
            return "You are on page 12.";
        });
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie("/", "bookmark");
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::solution[]
    }
}
