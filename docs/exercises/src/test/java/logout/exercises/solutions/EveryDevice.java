package logout.exercises.solutions;

import logout.app.LoginApp;
import logout.app.session.Sessions;
import logout.experiment.StoredSession;
import logout.panel.RowReader;
import spark.Service;

/** Exercise 13, solved: the store knows every session of the user. */
public final class EveryDevice {
    public static void routes(Service spark, LoginApp app) {
        // tag::solution[]
        spark.post("/api/logout-everywhere", (request, response) -> {
            String user = Sessions.user(request);
            if (user != null) {
                for (StoredSession row : new RowReader(app.store()).newest(Integer.MAX_VALUE)) {
                    if (user.equals(row.user())) {
                        app.store().destroy(row.id());
                    }
                }
            }
            response.removeCookie(app.cookie().path(), app.cookie().name());
            response.status(204);
            return "";
        });
        // end::solution[]
    }
}
