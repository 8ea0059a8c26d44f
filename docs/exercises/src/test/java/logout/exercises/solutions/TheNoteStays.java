package logout.exercises.solutions;

import logout.app.LoginApp;
import spark.Service;
import spark.Session;

/** Exercise 1, solved: the whole session goes, with all that is in it. */
public final class TheNoteStays {

    private TheNoteStays() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.get("/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.redirect("/");
            return "";
        });
        // end::solution[]
    }
}
