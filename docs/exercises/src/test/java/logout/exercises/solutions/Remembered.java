package logout.exercises.solutions;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** Exercise 11, solved: the token ends in both places. */
public final class Remembered {
    public static void routes(Service spark, LoginApp app) {
        Map<String, String> remembered = new ConcurrentHashMap<>();

        // tag::solution[]
        spark.before("/api/*", (request, response) -> {
            String user = remembered.get(String.valueOf(request.cookie("remember")));
            if (user != null && Sessions.user(request) == null) {
                Sessions.logIn(request, user);
            }
        });
        spark.post("/api/login", (request, response) -> {
            String reply = app.logIn(request, response);
            String token = UUID.randomUUID().toString();
            remembered.put(token, Sessions.user(request));
            response.cookie("/", "remember", token, 30 * 24 * 3600, false, true);
            return reply;
        });
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            remembered.remove(String.valueOf(request.cookie("remember")));
            response.removeCookie("/", "remember");
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::solution[]
    }
}
