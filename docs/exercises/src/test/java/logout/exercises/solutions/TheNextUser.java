package logout.exercises.solutions;

import java.util.Map;
import logout.app.LoginApp;
import logout.app.account.Accounts;
import logout.app.session.Sessions;
import logout.app.web.HttpError;
import logout.app.web.Replies;
import logout.app.web.RequestBody;
import spark.Service;
import spark.Session;

/** Exercise 12, solved: every login begins a session of its own, and one choice comes along. */
public final class TheNextUser {
    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.post("/api/french", (request, response) -> {
            request.session(true).attribute("language", "French");
            return "Bonjour";
        });
        spark.get("/api/language", (request, response) -> {
            Session session = request.session(false);
            String language = session == null ? null : session.attribute("language");
            return language == null ? "English" : language;
        });
        spark.post("/api/login", (request, response) -> {
            Map<String, String> fields = RequestBody.fields(request);
            String user = RequestBody.required(fields, "username");
            if (!Accounts.DEMO.matches(user, RequestBody.required(fields, "password"))) {
                throw new HttpError(401, "That name and password do not match.");
            }
            Session before = request.session(false);
            String language = before == null ? null : before.attribute("language");
            if (before != null) {
                before.invalidate();
            }
            Session session = request.session(true);
            session.attribute(Sessions.USER, user);
            if (language != null) {
                session.attribute("language", language);
            }
            return Replies.json(response, "user", user);
        });
        spark.post("/api/logout", (request, response) -> {
            Sessions.renew(request);
            response.status(204);
            return "";
        });
        // end::solution[]
    }
}
