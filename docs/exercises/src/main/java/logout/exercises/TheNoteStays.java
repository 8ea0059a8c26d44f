package logout.exercises;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 1: after this logout, a copy of the old cookie still reads the note. */
public final class TheNoteStays {

    private TheNoteStays() {}

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
        // end::exercise[]
    }
}
