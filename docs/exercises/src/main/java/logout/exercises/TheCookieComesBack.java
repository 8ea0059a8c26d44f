package logout.exercises;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 6: the logout leaves nothing, and the next request brings a cookie and a row. */
public final class TheCookieComesBack {

    private TheCookieComesBack() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout", (request, response) -> {
            request.session().invalidate();
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        spark.get("/api/greeting", (request, response) -> {
            Session session = request.session();
            String user = session.attribute(Sessions.USER);
            return user == null ? "Hello, stranger." : "Hello, " + user + ".";
        });
        // end::exercise[]
    }
}
