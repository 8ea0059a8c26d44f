package logout.exercises.solutions;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 6, solved: ask for the session that is there, and never for a new one. */
public final class TheCookieComesBack {

    private TheCookieComesBack() {}

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
        spark.get("/api/greeting", (request, response) -> {
            String user = Sessions.user(request);
            return user == null ? "Hello, stranger." : "Hello, " + user + ".";
        });
        // end::solution[]
    }
}
