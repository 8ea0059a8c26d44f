package logout.systemtests.app;

import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.app.server.StageListener;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.app.session.SessionStore;
import logout.app.session.Sessions;
import spark.Service;
import spark.Session;

/** A stage of the tests' own: the routes of both kinds of stage, a logout for each, and two that fail. */
final class TestStage {

    static final Stage STAGE = new Stage(9, "Test stage", "Renews or destroys the session.", TestStage::routes);

    static final String COOKIE = "stage-09.sid";
    static final String TABLE = "stage_09_sessions";

    private TestStage() {}

    /** Starts a stage with the demo accounts, and nobody who listens. */
    static StageServer start(Stage stage, int port, Database database) {
        return StageServer.start(
                stage, port, database, Accounts.DEMO, SessionStore.NO_CACHE, (of, at, store) -> new StageListener() {});
    }

    private static void routes(Service spark, LoginApp app) {
        spark.get("/", app.page("home.ftlh"));
        spark.get("/profile", app.personalPage("profile.ftlh"));
        spark.post("/login", app.logInThenProfile("home.ftlh"));
        spark.post("/note", app::saveNoteThenProfile);
        spark.post("/logout", (request, response) -> {
            Sessions.renew(request);
            response.redirect("/");
            return "";
        });

        spark.get("/api/me", app::me);
        spark.get("/api/note", app::note);
        spark.post("/api/login", app::logIn);
        spark.put("/api/note", app::saveNote);
        spark.post("/api/logout", (request, response) -> {
            Session session = request.session(false);
            if (session != null) {
                session.invalidate();
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });

        spark.get("/incomplete", app.page("incomplete.ftlh"));
        spark.get("/api/fault", (request, response) -> {
            throw new IllegalStateException("an internal detail");
        });
    }
}
