package logout.stage03;

import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Sessions;
import logout.launcher.StageLauncher;
import spark.Service;

/** Stage 3: clears the cookie as well, and overwrites the deletion. */
public final class ClearCookieApp {

    public static final Stage STAGE = new Stage(
            3, "Clear the cookie", "Clears the session cookie, then renews the session.", ClearCookieApp::routes);

    private ClearCookieApp() {}

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
            response.removeCookie(app.cookie().path(), app.cookie().name());
            Sessions.renew(request);
            response.status(204);
            return "";
        });
        // end::logout[]
    }
}
