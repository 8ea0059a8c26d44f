package logout.exercises.solutions;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import logout.app.web.HttpError;
import logout.app.web.Replies;
import logout.app.web.RequestBody;
import spark.Service;
import spark.Session;

/** Exercise 5, solved: what is kept in the session goes with it. */
public final class TheNoteStays {
    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.put("/api/note", (request, response) -> {
            String note = RequestBody.required(RequestBody.jsonFields(request), "note");
            Session session = request.session(false);
            if (session == null) {
                throw new HttpError(401, "Log in first.");
            }
            session.attribute(Sessions.NOTE, note);
            return Replies.json(response, "note", note);
        });
        spark.get("/api/note", (request, response) -> Replies.json(response, "note", Sessions.note(request)));
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
