package logout.exercises;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 2: this logout does all that it should, and then says that it was not found. */
public final class NotFoundAfterAll {

    private NotFoundAfterAll() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return null;
        });
        // end::exercise[]
    }
}
