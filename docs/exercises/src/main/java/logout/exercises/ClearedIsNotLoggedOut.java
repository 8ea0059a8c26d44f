package logout.exercises;

import logout.app.LoginApp;
import spark.Service;

/** Exercise 3: this logout clears the cookie, and believes that this is all. */
public final class ClearedIsNotLoggedOut {

    private ClearedIsNotLoggedOut() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout", (request, response) -> {
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::exercise[]
    }
}
