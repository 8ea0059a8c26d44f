package logout.systemtests;

import java.util.List;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.account.DemoAccount;
import logout.app.session.Sessions;
import logout.sidebyside.Logout;
import logout.testing.RawReply;
import logout.testing.RawRequest;
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

    private static final String LOG_IN = "/system-tests/log-in";
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
        return request("POST", LOG_IN, cookie).form("a=b");
    }

    /** Logs in as people do, with a form and a password. */
    public RawRequest logInWithPassword() {
        DemoAccount account = DemoAccount.ALL.get(0);
        return RawRequest.of(logout.protocol().logIn(account.name(), account.password()));
    }

    public RawRequest logOut(String cookie) {
        RawRequest request = RawRequest.of(logout.call()).cookies(header(cookie));
        return logout.method().equals("GET") ? request : request.form("a=b");
    }

    public RawRequest save(String cookie, String note) {
        return RawRequest.of(logout.protocol().keepNote(note)).cookies(header(cookie));
    }

    public RawRequest get(String path, String cookie) {
        return request("GET", path, cookie);
    }

    public RawRequest post(String path, String cookie) {
        return request("POST", path, cookie).with("Content-Length: 0");
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

    /** Whether this logout begins a new session, which has a row. */
    public boolean addsARow() {
        return !leavesTheRow() && logout != Logout.STAGE_4;
    }

    /** The status of a save that is done. */
    public int saved() {
        return logout.protocol().done();
    }

    /** The status of a logout that is done. */
    public int loggedOut() {
        return logout.onPlainSite() ? 302 : 204;
    }

    private RawRequest request(String method, String target, String cookie) {
        return RawRequest.of(method, target).cookies(header(cookie));
    }

    private String header(String cookie) {
        return cookie == null ? null : logout.stage().sessionCookie().name() + "=" + cookie;
    }
}
