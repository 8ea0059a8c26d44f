package logout.exercises;

import logout.app.LoginApp;
import logout.experiment.StoredSession;
import logout.panel.RowReader;
import spark.Service;
import spark.Session;

/** Exercise 13: "log out everywhere" logs out here. {@link RowReader} and {@link StoredSession} are at hand. */
public final class EveryDevice {
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
