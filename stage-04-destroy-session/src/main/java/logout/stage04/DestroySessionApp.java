package logout.stage04;

import logout.app.LoginApp;
import logout.app.Stage;
import logout.launcher.StageLauncher;
import spark.Service;
import spark.Session;

/** Stage 4: destroys the session first and clears the cookie last, and nothing is left. */
public final class DestroySessionApp {

    public static final Stage STAGE = new Stage(
            4,
            "Destroy the session",
            "Destroys the session, then clears the session cookie.",
            DestroySessionApp::routes);

    private DestroySessionApp() {}

    public static void main(String[] arguments) {
        StageLauncher.main(STAGE, arguments);
    }

    private static void routes(Service spark, LoginApp app) {
        spark.get("/", app.page("single-page.ftlh"));
        spark.get("/api/me", app::me);
        spark.get("/api/note", app::note);
        spark.post("/api/login", app::logIn);
        spark.put("/api/note", app::saveNote);

        // tag::logout[]
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::logout[]
    }
}
