package logout.trust.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import logout.app.account.DemoAccount;
import logout.panel.Row;
import logout.sidebyside.Logout;
import logout.testing.RunningStage;

/** Someone who is logged in to a stage and keeps a note, and whom no trick may log out. */
final class Victim implements AutoCloseable {

    private static final String NOTE = "milk";

    private final Logout logout;
    private final RunningStage stage;
    private final Wire wire;

    private String cookie;

    /** Starts the stage of this logout, on a free port and with a store of its own. */
    Victim(Logout logout) {
        this.logout = logout;
        this.stage = RunningStage.of(logout.stage());
        stage.start();
        this.wire = new Wire(stage.address().getPort());
        // A session that is never logged out: the others are copies of its row, for a login takes long.
        logIn();
    }

    Wire wire() {
        return wire;
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
    RequestText realLogout() {
        return request(logout.method(), logout.path());
    }

    /** Any other request with this person's session cookie. */
    RequestText request(String method, String target) {
        return RequestText.of(method, target, host(), cookieName() + "=" + cookie);
    }

    /** Sends a request; the reply must tell nothing that it should not. */
    Reply send(RequestText request) {
        return send(request.toString());
    }

    /** The same for anything at all. */
    Reply send(String request) {
        Reply reply = wire.send(request);
        reply.assertTellsNothing(id());
        return reply;
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
        Reply reply = wire.send(
                RequestText.of("POST", path, host(), "none=").form(form).toString());
        assertThat(reply.status()).as(reply.text()).isEqualTo(logout.onPlainSite() ? 302 : 200);
        String value = reply.text().split(cookieName() + "=", 2)[1].split(";", 2)[0];
        keepNote(value);
    }

    private void keepNote(String session) {
        RequestText note = RequestText.of("POST", "/note", host(), cookieName() + "=" + session);
        Reply reply = wire.send((logout.onPlainSite()
                        ? note.form("note=" + NOTE)
                        : note.method("PUT")
                                .target(path -> "/api/note")
                                .with("Content-Type: application/json")
                                .with("Content-Length: " + ("{\"note\":\"\"}".length() + NOTE.length()))
                                .body("{\"note\":\"" + NOTE + "\"}"))
                .toString());
        assertThat(reply.status()).as(reply.text()).isLessThan(400);
    }

    /** Who is logged in with this session cookie's value: the reply of {@code /api/me}. */
    int statusOfMe(String session) {
        return wire.send(RequestText.of("GET", "/api/me", host(), cookieName() + "=" + session)
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

    private Row row() {
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
