package logout.exercises;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 12: "log out everywhere" logs out here. */
public final class EveryDevice {

    private EveryDevice() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout-everywhere", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::exercise[]
    }
}
