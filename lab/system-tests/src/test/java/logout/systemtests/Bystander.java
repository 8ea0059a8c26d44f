package logout.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import logout.app.Stage;
import logout.experiment.StoredSession;
import logout.testing.Browser;
import logout.testing.Json;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;

/** Ada, who is logged in to a stage and keeps a note, and whose session no refused request may change. */
public final class Bystander implements AutoCloseable {

    private final RunningStage stage;
    private Browser browser;
    private List<StoredSession> before;

    /** Starts the stage, on a free port and with a store of its own. */
    public Bystander(Stage stage) {
        this.stage = RunningStage.of(stage).start();
        beLoggedIn();
    }

    /** Logs in unless that is so still: where a test has failed, the next one is not to suffer. */
    public void beLoggedIn() {
        if (browser == null || !rows().equals(before)) {
            stage.empty();
            browser = stage.newBrowser().logIn();
            browser.keepNote("milk");
            before = rows();
            assertUnchanged();
        }
    }

    public RunningStage stage() {
        return stage;
    }

    /** The host, as a request names it. */
    public String host() {
        return stage.address().getAuthority();
    }

    /** The session cookie's value, which is the key of the row. */
    public String id() {
        return browser.sessionCookie();
    }

    /** A session cookie of this value, as a request sends it. */
    public String cookie(String value) {
        return browser.sessionCookieName() + "=" + value;
    }

    /** A request with her session cookie, which works at this moment. */
    public RawRequest request(String method, String target) {
        return request(RawRequest.of(method, target));
    }

    /** The same, of a request that lacks the host and the cookie. */
    public RawRequest request(RawRequest request) {
        beLoggedIn();
        return request.host(host()).cookies(cookie(id()));
    }

    /** A request with a session cookie of this value. */
    public RawRequest request(String method, String target, String value) {
        return RawRequest.of(method, target).host(host()).cookies(cookie(value));
    }

    /** Sends a request as it is, whatever its headers announce, and nothing after it. */
    public RawReply send(RawRequest request) {
        try (RawConnection connection = connect()) {
            return connection.send(request.with("Connection: close")).end().reply();
        }
    }

    /** A connection to the stage, on which a request says what it says of the host. */
    public RawConnection connect() {
        return new RawConnection(
                InetAddress.getLoopbackAddress(), stage.address().getPort());
    }

    public RawReply send(String method, String target) {
        return send(request(method, target));
    }

    /** The reply refuses with one of these statuses and one sentence, and nothing has changed. */
    public void assertRefused(RawReply reply, Integer... statuses) {
        assertThat(reply.status()).as(reply.body()).isIn((Object[]) statuses);
        assertSentence(reply);
        assertThat(reply.headers("Set-Cookie")).isEmpty();
        assertThat(reply.headers("Location")).isEmpty();
        assertUnchanged();
    }

    /** The reply refuses with this sentence, as JSON, and nothing has changed. */
    public void assertRefused(RawReply reply, int status, String sentence) {
        assertRefused(reply, status);
        assertThat(Json.of(reply.body()).text("error")).isEqualTo(sentence);
    }

    public void assertUnchanged() {
        assertThat(rows()).isEqualTo(before).singleElement().satisfies(row -> {
            assertThat(row.user()).isEqualTo("ada");
            assertThat(row.note()).isEqualTo("milk");
        });
        assertThat(statusOfMe(id())).isEqualTo(200);
    }

    /** What the stage answers whoever asks with a session cookie of this value who is logged in. */
    public int statusOfMe(String value) {
        return send(request("GET", "/api/me", value)).status();
    }

    /** The rows but for the time of last use, which reading may change once a minute. */
    private List<StoredSession> rows() {
        return stage.rows().stream()
                .map(row ->
                        new StoredSession(row.id(), row.user(), row.note(), row.created(), null, null, row.legible()))
                .toList();
    }

    private void assertSentence(RawReply reply) {
        String type = reply.header("Content-Type");
        if (type.startsWith("application/json")) {
            assertThat(reply.body()).matches("\\{\"error\":\"[A-Z]([^\"\\\\]|\\\\.)+\"}");
        } else {
            assertThat(type).startsWith("text/plain");
            assertThat(reply.body()).matches("[A-Z][^\\n<>{}]+");
        }
        assertThat(reply.body())
                .hasSizeLessThan(200)
                .doesNotContain("Exception", "Error:", "org.", "com.", "java", "logout.app", "\tat ", "null")
                .doesNotContain(id());
    }

    @Override
    public void close() {
        stage.close();
    }
}
