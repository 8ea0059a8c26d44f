package logout.exercises;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import logout.app.LoginApp;
import logout.app.web.Replies;
import logout.app.web.RequestBody;
import spark.Service;
import spark.Session;

/** Exercise 5: the logout is that of stage 4, and a copy of the old cookie reads the note. */
public final class TheNoteStays {
    public static void routes(Service spark, LoginApp app) {
        Map<String, String> notes = new ConcurrentHashMap<>();

        // tag::exercise[]
        spark.put("/api/note", (request, response) -> {
            String note = RequestBody.required(RequestBody.jsonFields(request), "note");
            notes.put(request.cookie(app.cookie().name()), note); // quicker than the session store
            return Replies.json(response, "note", note);
        });
        spark.get("/api/note", (request, response) -> {
            String cookie = request.cookie(app.cookie().name());
            return Replies.json(response, "note", cookie == null ? null : notes.get(cookie));
        });
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::exercise[]
    }
}
