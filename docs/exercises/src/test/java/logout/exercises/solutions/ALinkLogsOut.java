package logout.exercises.solutions;

import logout.app.LoginApp;
import spark.Service;

/** Exercise 6, solved: the login itself begins afresh. */
public final class ALinkLogsOut {
    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.get("/login", (request, response) -> "Log in here.");
        // end::solution[]
    }
}
