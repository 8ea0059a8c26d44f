package logout.exercises;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 2: the logouts of stage 1, in an app that is a single page. */
public final class ForASinglePage {
    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.get("/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.removeAttribute(Sessions.USER);
            }
            response.redirect("/");
            return "";
        });
        spark.post("/logout", (request, response) -> {
            Sessions.renew(request);
            response.redirect("/");
            return "";
        });
        // end::exercise[]
    }
}
