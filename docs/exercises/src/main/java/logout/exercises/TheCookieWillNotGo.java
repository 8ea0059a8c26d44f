package logout.exercises;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 4: this logout clears the cookie, and the browser keeps it. */
public final class TheCookieWillNotGo {

    private TheCookieWillNotGo() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().name());
            response.status(204);
            return "";
        });
        // end::exercise[]
    }
}
