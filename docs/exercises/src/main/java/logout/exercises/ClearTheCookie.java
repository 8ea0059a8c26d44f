package logout.exercises;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;

/** Exercise 3: the logout of stage 2. */
public final class ClearTheCookie {
    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout", (request, response) -> {
            Sessions.renew(request);
            response.status(204);
            return "";
        });
        // end::exercise[]
    }
}
