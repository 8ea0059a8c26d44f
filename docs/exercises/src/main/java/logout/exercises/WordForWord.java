package logout.exercises;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 7: the right three steps of an Express app, in an order that Jetty does not forgive. */
public final class WordForWord {

    private WordForWord() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/logout", (request, response) -> {
            response.removeCookie(app.cookie().path(), app.cookie().name()); // res.clearCookie(…)
            Sessions.renew(request); // req.logout(…)
            Session session = request.session(false);
            if (session != null) {
                session.invalidate(); // req.session.destroy(…)
            }
            response.status(204); // res.send()
            return "";
        });
        // end::exercise[]
    }
}
