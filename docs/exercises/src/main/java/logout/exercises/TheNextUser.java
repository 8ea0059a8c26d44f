package logout.exercises;

import java.util.Map;
import logout.app.LoginApp;
import logout.app.account.Accounts;
import logout.app.account.DemoAccount;
import logout.app.session.Sessions;
import logout.app.web.HttpError;
import logout.app.web.Replies;
import logout.app.web.RequestBody;
import spark.Request;
import spark.Service;
import spark.Session;

/** Exercise 9: a login that goes on with whatever session the last user left. */
public final class TheNextUser {

    private static final Accounts ACCOUNTS = new Accounts(DemoAccount.ALL);

    private TheNextUser() {}

    public static void routes(Service spark, LoginApp app) {
        // tag::exercise[]
        spark.post("/api/login", (request, response) -> {
            String user = userWithTheRightPassword(request);
            Session session = request.session(true);
            session.attribute(Sessions.USER, user);
            return Replies.json(response, "user", user);
        });
        spark.post("/api/logout", (request, response) -> {
            Sessions.renew(request);
            response.status(204);
            return "";
        });
        // end::exercise[]
    }

    private static String userWithTheRightPassword(Request request) {
        Map<String, String> fields = RequestBody.fields(request);
        String user = RequestBody.required(fields, "username");
        if (!ACCOUNTS.matches(user, RequestBody.required(fields, "password"))) {
            throw new HttpError(401, "That name and password do not match.");
        }
        return user;
    }
}
