package logout.exercises.check;

import java.util.function.BiConsumer;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Sessions;
import logout.app.web.Replies;
import logout.app.web.RequestBody;
import logout.testing.RunningStage;
import spark.Service;
import spark.Session;

/** A check of routes: they run as a stage of their own, beside all the routes of stage 4 that they do not have. */
interface RoutesCheck extends Check<BiConsumer<Service, LoginApp>> {

    /** Next to the numbers of the stages: a cookie name and a table of its own. */
    int NUMBER = Stage.COUNT + 1;

    /** Next to the ports of the stages. */
    int PORT = Stage.BASE_PORT + NUMBER;

    /** Tries the routes as this stage has them. */
    void tryOut(RunningStage stage);

    @Override
    default void tryOut(BiConsumer<Service, LoginApp> routes) {
        try (RunningStage stage = RunningStage.of(stageOf(routes))) {
            stage.start();
            tryOut(stage);
        }
    }

    /** A stage that has these routes, and those of stage 4 that they lack. */
    static Stage stageOf(BiConsumer<Service, LoginApp> routes) {
        // Spark takes the first route that matches: the learner's before the others.
        return new Stage(NUMBER, "Exercise", "What a learner makes of it.", routes.andThen(RoutesCheck::otherRoutes));
    }

    private static void otherRoutes(Service spark, LoginApp app) {
        spark.get("/", (request, response) -> "Home page");
        spark.get("/api/me", app::me);
        spark.get("/api/note", app::note);
        // Without a look at the password: that takes bcrypt longer than all the rest takes.
        spark.post("/api/login", (request, response) -> {
            String user = RequestBody.required(RequestBody.fields(request), "username");
            Sessions.logIn(request, user);
            return Replies.json(response, "user", user);
        });
        spark.put("/api/note", app::saveNote);
        // What the next developer adds: one more thing that a session holds.
        spark.post("/api/basket", (request, response) -> {
            request.session(false).attribute("basket", "apples");
            return "kept";
        });
        spark.get("/api/basket", (request, response) -> {
            Session session = request.session(false);
            Object basket = session == null ? null : session.attribute("basket");
            return basket == null ? "empty" : basket;
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
    }
}
