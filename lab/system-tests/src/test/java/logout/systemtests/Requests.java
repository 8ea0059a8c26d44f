package logout.systemtests;

import static logout.testing.RawConnection.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.sidebyside.Logout;
import logout.testing.RawReply;
import logout.testing.RawRequest;

/**
 * The requests that Ada sends to the stage of a logout, to be written on a connection as they are. Each takes the value of the
 * session cookie, or null for none.
 *
 * @param logout how she logs out
 */
public record Requests(Logout logout) {

    private static final DemoAccount ADA = DemoAccount.ALL.get(0);

    public RawRequest logIn(String cookie) {
        return request(logout.protocol().logIn(ADA.name(), ADA.password()), cookie);
    }

    public RawRequest logOut(String cookie) {
        RawRequest request = request(logout.call(), cookie);
        return logout.method().equals("GET") ? request : request.form("a=b");
    }

    public RawRequest save(String cookie, String note) {
        return request(logout.protocol().keepNote(note), cookie);
    }

    public RawRequest get(String path, String cookie) {
        return request(Call.of("GET", path), cookie);
    }

    public RawRequest post(String path, String cookie) {
        return request(Call.of("POST", path), cookie).with("Content-Length: 0");
    }

    private RawRequest request(Call call, String cookie) {
        return RawRequest.of(call).cookies(header(cookie));
    }

    private String header(String cookie) {
        return cookie == null ? null : logout.stage().sessionCookie().name() + "=" + cookie;
    }

    /** Logs Ada in at this server, with "milk" for a note, and returns the value of her session cookie. */
    public String logInAndKeepNote(URI server) {
        String cookie = newCookie(exchange(server, logIn(null)));
        assertThat(exchange(server, save(cookie, "milk")).status()).isEqualTo(done());
        assertThat(isLoggedIn(server, cookie)).isTrue();
        return cookie;
    }

    /** The value that the reply to a login sets the session cookie to. */
    public String newCookie(RawReply login) {
        assertThat(login.status()).as("the login: %s", login).isEqualTo(done());
        assertThat(setCookies(login)).singleElement().asString().isNotEmpty();
        return setCookies(login).get(0);
    }

    /** Whether this server takes the cookie for Ada's. */
    public boolean isLoggedIn(URI server, String cookie) {
        RawReply reply = exchange(server, get("/api/me", cookie));
        assertThat(reply.headers("Set-Cookie")).isEmpty();
        assertThat(reply.status()).isIn(200, 401);
        return reply.status() == 200;
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
        if (leavesTheRow()) {
            return List.of(cookie);
        }
        return logouts.stream()
                .flatMap(reply -> setCookies(reply).stream())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** Whether this logout leaves the old row: without the user, but alive. */
    public boolean leavesTheRow() {
        return logout == Logout.STAGE_1_GET;
    }

    /** Whether this logout begins a new session, which has a row. */
    public boolean addsARow() {
        return !leavesTheRow() && logout != Logout.STAGE_4;
    }

    /** The status of a login or a save that is done. */
    public int done() {
        return logout.protocol().done();
    }

    /** The status of a logout that is done. */
    public int loggedOut() {
        return logout.onPlainSite() ? 302 : 204;
    }
}
