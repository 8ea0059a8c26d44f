package logout.stage01;

import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Sessions;
import logout.launcher.StageLauncher;
import spark.Service;
import spark.Session;

/** Stage 1: a plain site that logs out with a redirect, in the two ways that Passport has had. */
public final class RedirectLogoutApp {

    public static final Stage STAGE = new Stage(
            1, "Redirect only", "Forgets the user and redirects to the home page.", RedirectLogoutApp::routes);

    private RedirectLogoutApp() {}

    public static void main(String[] arguments) {
        StageLauncher.main(STAGE, arguments);
    }

    private static void routes(Service spark, LoginApp app) {
        spark.get("/", app.page("home.ftlh"));
        spark.get("/profile", app.personalPage("profile.ftlh"));
        spark.get("/api/me", app::me);
        spark.get("/api/note", app::note);
        spark.post("/login", app.logInThenProfile("home.ftlh"));
        spark.post("/note", app.saveNoteThenProfile("profile.ftlh"));

        // tag::logout[]
        spark.get("/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.removeAttribute(Sessions.USER);
            }
            response.redirect("/");
            return "";
        });
        spark.post("/logout", (request, response) -> {
            Sessions.renew(request);
            response.redirect("/");
            return "";
        });
        // end::logout[]
    }
}
