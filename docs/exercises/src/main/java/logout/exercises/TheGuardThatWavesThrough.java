package logout.exercises;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;

/** Exercise 8: who is logged out is sent away, and the route runs all the same. */
public final class TheGuardThatWavesThrough {
    public static void routes(Service spark, LoginApp app) {
        List<String> diary = new CopyOnWriteArrayList<>();

        // tag::exercise[]
        spark.before("/api/diary", (request, response) -> {
            if (Sessions.user(request) == null) {
                response.redirect("/");
            }
        });
        spark.post("/api/diary", (request, response) -> {
            diary.add("Dear diary, I was here.");
            return "Written.";
        });
        spark.get("/api/diary", (request, response) -> String.join("\n", diary));
        // end::exercise[]
    }
}
