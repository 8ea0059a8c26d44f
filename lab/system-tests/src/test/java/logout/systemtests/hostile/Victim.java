package logout.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.UUID;
import logout.app.account.DemoAccount;
import logout.experiment.StoredSession;
import logout.sidebyside.Logout;
import logout.testing.RawConnection;
import logout.testing.RawRequest;
import logout.testing.RunningStage;

/** Someone who is logged in to a stage and keeps a note, and whom no trick may log out. */
final class Victim implements AutoCloseable {

    private static final String NOTE = "milk";

    private final Logout logout;
    private final RunningStage stage;

    private String cookie;

    /** Starts the stage of this logout, on a free port and with a store of its own. */
    Victim(Logout logout) {
        this.logout = logout;
        this.stage = RunningStage.of(logout.stage());
        stage.start();
        // A session that is never logged out: the others are copies of its row, for a login takes long.
        logIn();
    }

    int port() {
        return stage.address().getPort();
    }

    String host() {
        return stage.address().getAuthority();
    }

    /** The session cookie's value. */
    String cookie() {
        return cookie;
    }

    String cookieName() {
        return logout.stage().sessionCookie().name();
    }

    /** The key of the row. */
    String id() {
        return cookie;
    }

    /** The real logout, word for word. */
    RawRequest realLogout() {
        return request(logout.method(), logout.path());
    }

    /** Any other request with this person's session cookie. */
    RawRequest request(String method, String target) {
        return RawRequest.of(method, target).host(host()).cookies(cookieName() + "=" + cookie);
    }

    /** Sends a request; the reply must tell nothing that it should not. */
    Reply send(RawRequest request) {
        return send(request.toString());
    }

    /** The same for anything at all. */
    Reply send(String request) {
        Reply reply = exchange(request);
        reply.assertTellsNothing(id());
        return reply;
    }

    /** All that is replied until the server closes the connection; nothing where it resets it. */
    private Reply exchange(String request) {
        try (RawConnection connection = new RawConnection(stage.address())) {
            return new Reply(connection.write(request).everything());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Not answered in time:\n" + request, e);
        } catch (SocketException e) {
            // The server hung up in the middle, as it may.
            return new Reply("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is logged in and keeps a note, in a new session unless the one before is still so. */
    void beLoggedIn() {
        if (cookie == null || !isLoggedIn()) {
            cookie = otherSession();
        }
        assertLoggedIn();
    }

    /** The session cookie's value of one more session of this person, as in another browser. */
    String otherSession() {
        String id = UUID.randomUUID().toString().replace("-", "");
        stage.addRow(id, Instant.now());
        return id;
    }

    private void logIn() {
        DemoAccount account = DemoAccount.ALL.get(0);
        String path = logout.onPlainSite() ? "/login" : "/api/login";
        String form = "username=" + account.name() + "&password=" + account.password();
        Reply reply = exchange(RawRequest.of("POST", path)
                .host(host())
                .cookies("none=")
                .form(form)
                .toString());
        assertThat(reply.status()).as(reply.text()).isEqualTo(logout.onPlainSite() ? 302 : 200);
        String value = reply.text().split(cookieName() + "=", 2)[1].split(";", 2)[0];
        keepNote(value);
    }

    private void keepNote(String session) {
        RawRequest note = RawRequest.of("POST", "/note").host(host()).cookies(cookieName() + "=" + session);
        Reply reply = exchange((logout.onPlainSite()
                        ? note.form("note=" + NOTE)
                        : note.method("PUT").target(path -> "/api/note").json("{\"note\":\"" + NOTE + "\"}"))
                .toString());
        assertThat(reply.status()).as(reply.text()).isLessThan(400);
    }

    /** Who is logged in with this session cookie's value: the reply of {@code /api/me}. */
    int statusOfMe(String session) {
        return exchange(RawRequest.of("GET", "/api/me")
                        .host(host())
                        .cookies(cookieName() + "=" + session)
                        .toString())
                .status();
    }

    boolean isLoggedIn() {
        return statusOfMe(cookie) == 200;
    }

    /** The server still lets this person in, and the row is what it was. */
    void assertLoggedIn() {
        assertThat(statusOfMe(cookie)).isEqualTo(200);
        assertThat(row()).isNotNull();
        assertThat(row().user()).isEqualTo(DemoAccount.ALL.get(0).name());
        assertThat(row().note()).isEqualTo(NOTE);
    }

    /** The server does not let this person in any more. */
    void assertLoggedOut() {
        assertThat(statusOfMe(cookie)).isEqualTo(401);
        assertThat(row() == null || row().user() == null)
                .as("nobody in the row")
                .isTrue();
    }

    private StoredSession row() {
        return stage.rows().stream()
                .filter(row -> row.id().equals(id()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        stage.close();
    }
}
