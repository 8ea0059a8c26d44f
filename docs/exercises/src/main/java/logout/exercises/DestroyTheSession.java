package logout.exercises;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 4: the logout of stage 3. {@link Session} is at hand. */
public final class DestroyTheSession {
    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout", (request, response) -> {
            response.removeCookie(app.cookie().path(), app.cookie().name());
            Sessions.renew(request);
            response.status(204);
            return "";
        });
        // end::exercise[]
    }
}
