package logout.systemtests.app;

import java.io.IOException;
import java.io.PrintWriter;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.session.Sessions;
import logout.app.web.HttpError;
import spark.Response;
import spark.Service;
import spark.Session;

/** A stage of the tests' own: the routes of both kinds of stage, a logout for each, and two that fail. */
final class TestStage {

    static final Stage STAGE = new Stage(9, "Test stage", "Renews or destroys the session.", TestStage::routes);

    static final String TABLE = STAGE.table();

    private TestStage() {}

    private static void routes(Service spark, LoginApp app) {
        spark.get("/", app.page("home.ftlh"));
        spark.get("/profile", app.personalPage("profile.ftlh"));
        spark.post("/login", app.logInThenProfile("home.ftlh"));
        spark.post("/note", app.saveNoteThenProfile("profile.ftlh"));
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

        for (OwnReply reply : OwnReply.values()) {
            spark.post(reply.address(), (request, response) -> {
                request.session(false).invalidate();
                response.header("Clear-Site-Data", "\"cookies\"");
                reply.sender.send(response);
                return null;
            });
        }

        spark.get("/incomplete", app.page("incomplete.ftlh"));
        spark.get("/api/fault", (request, response) -> {
            throw new IllegalStateException("an internal detail");
        });
    }

    /** The replies to a logout that a route sends by itself, before it ends. */
    enum OwnReply {
        MOVED_PERMANENTLY(301, "Moved Permanently.", response -> response.redirect("/", 301)),
        FOUND(302, "Found.", response -> response.redirect("/", 302)),
        SEE_OTHER(303, "See Other.", response -> response.redirect("/", 303)),
        TEMPORARY_REDIRECT(307, "Temporary Redirect.", response -> response.redirect("/", 307)),
        RAW_REDIRECT(302, "", response -> response.raw().sendRedirect("/")),
        ERROR(401, "Unauthorized.", response -> response.raw().sendError(401)),
        ERROR_WITH_MESSAGE(410, "Gone.", response -> response.raw().sendError(410, "Bye.")),
        FLUSHED(200, "", response -> response.raw().flushBuffer()),
        WRITTEN(200, "Bye.", response -> {
            try (PrintWriter out = response.raw().getWriter()) {
                out.print("Bye.");
            }
        }),
        LONG(
                200,
                "Bye.".repeat(10_000),
                response -> response.raw().getOutputStream().print("Bye.".repeat(10_000))),
        ANOTHER_AFTER_ALL(409, "No.", response -> {
            response.redirect("/", 303);
            throw new HttpError(409, "No.");
        });

        final int status;
        final String body;
        private final Sender sender;

        OwnReply(int status, String body, Sender sender) {
            this.status = status;
            this.body = body;
            this.sender = sender;
        }

        String address() {
            return "/" + name() + "/logout";
        }

        /** Sends a reply. */
        private interface Sender {
            void send(Response response) throws IOException;
        }
    }
}
