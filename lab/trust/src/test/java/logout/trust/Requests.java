package logout.trust;

import java.util.List;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.account.DemoAccount;
import logout.app.session.Sessions;
import logout.sidebyside.Logout;
import spark.Service;

/**
 * The requests that people send to the stage of a logout, to be written on a connection as they are.
 *
 * <p>They log in without a password, at an address that is added to the stage: its session part is the real one, but a
 * password check takes as long as a hundred requests. Each takes the value of the session cookie, or null for none.
 *
 * @param logout how they log out
 */
public record Requests(Logout logout) {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String LOG_IN = "/trust/log-in";
    private static final String USER = "ada";

    /** The stage of the logout, with the address at which these requests log in. */
    public Stage stage() {
        Stage stage = logout.stage();
        return new Stage(
                stage.number(), stage.title(), stage.lesson(), stage.routes().andThen(Requests::addLogIn));
    }

    private static void addLogIn(Service spark, LoginApp app) {
        spark.post(LOG_IN, (request, response) -> {
            Sessions.logIn(request, USER);
            response.status(204);
            return "";
        });
    }

    public RawRequest logIn(String cookie) {
        return new RawRequest("POST", LOG_IN, header(cookie), FORM, "a=b");
    }

    /** Logs in as people do, with a form and a password. */
    public RawRequest logInWithPassword() {
        DemoAccount account = DemoAccount.ALL.get(0);
        return new RawRequest(
                "POST",
                logout.onPlainSite() ? "/login" : "/api/login",
                null,
                FORM,
                "username=" + account.name() + "&password=" + account.password());
    }

    public RawRequest logOut(String cookie) {
        return logout.method().equals("GET")
                ? RawRequest.of("GET", logout.path(), header(cookie))
                : new RawRequest(logout.method(), logout.path(), header(cookie), FORM, "a=b");
    }

    /**
     * Keeps a note.
     *
     * @param note letters and digits, the same in a form and in JSON
     */
    public RawRequest save(String cookie, String note) {
        return logout.onPlainSite()
                ? new RawRequest("POST", "/note", header(cookie), FORM, "note=" + note)
                : new RawRequest("PUT", "/api/note", header(cookie), JSON, "{\"note\":\"" + note + "\"}");
    }

    public RawRequest get(String path, String cookie) {
        return RawRequest.of("GET", path, header(cookie));
    }

    public RawRequest post(String path, String cookie) {
        return RawRequest.of("POST", path, header(cookie));
    }

    /** The values that a reply sets the session cookie to, in their order: empty for a deletion. */
    public List<String> setCookies(RawReply reply) {
        String start = header("");
        return reply.headers("Set-Cookie").stream()
                .filter(value -> value.startsWith(start))
                .map(value -> value.substring(start.length()).split(";", 2)[0])
                .toList();
    }

    /**
     * The keys of the rows that are left when all is over.
     *
     * @param cookie the session cookie that the logouts were sent with
     * @param logouts their replies
     */
    public List<String> idsLeftBy(String cookie, List<RawReply> logouts) {
        return switch (logout) {
            case STAGE_1_GET -> List.of(cookie);
            case STAGE_4 -> List.of();
            case STAGE_1_POST, STAGE_2, STAGE_3 ->
                logouts.stream()
                        .flatMap(reply -> setCookies(reply).stream())
                        .filter(value -> !value.isEmpty())
                        .toList();
        };
    }

    /** Whether this logout leaves the old row: without the user, but alive. */
    public boolean leavesTheRow() {
        return logout == Logout.STAGE_1_GET;
    }

    /** The status of a save that is done. */
    public int saved() {
        return logout.onPlainSite() ? 302 : 200;
    }

    /** The status of a logout that is done. */
    public int loggedOut() {
        return logout.onPlainSite() ? 302 : 204;
    }

    private String header(String cookie) {
        return cookie == null ? null : logout.stage().sessionCookie().name() + "=" + cookie;
    }
}
