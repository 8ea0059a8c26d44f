package logout.exercises.solutions;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import logout.app.LoginApp;
import logout.app.session.Sessions;
import spark.Service;

/** Exercise 8, solved: halt() ends the request. */
public final class TheGuardThatWavesThrough {
    public static void routes(Service spark, LoginApp app) {
        List<String> diary = new CopyOnWriteArrayList<>();

        // tag::solution[]
        spark.before("/api/diary", (request, response) -> {
            if (Sessions.user(request) == null) {
                response.redirect("/");
                spark.halt();
            }
        });
        spark.post("/api/diary", (request, response) -> {
            diary.add("Dear diary, I was here.");
            return "Written.";
        });
        spark.get("/api/diary", (request, response) -> String.join("\n", diary));
        // end::solution[]
    }
}
