package logout.stage02;

import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Sessions;
import logout.launcher.StageLauncher;
import spark.Service;

/** Stage 2: a single page that logs out with fetch, so the reply is no redirect. */
public final class SpaLogoutApp {

    public static final Stage STAGE = new Stage(
            2, "For a single page app", "Renews the session and replies without a redirect.", SpaLogoutApp::routes);

    private SpaLogoutApp() {}

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
            Sessions.renew(request);
            response.status(204);
            return "";
        });
        // end::logout[]
    }
}
