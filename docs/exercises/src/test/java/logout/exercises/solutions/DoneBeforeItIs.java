package logout.exercises.solutions;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 11, solved: the reply waits for the session store. */
public final class DoneBeforeItIs {

    private DoneBeforeItIs() {}

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
