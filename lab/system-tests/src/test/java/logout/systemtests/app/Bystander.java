package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import logout.experiment.StoredSession;
import logout.testing.RawReply;

/** Someone who is logged in and keeps a note, and whose session no refused request may change. */
final class Bystander implements AutoCloseable {

    private final RunningApp app = RunningApp.start();
    private String cookie;
    private List<StoredSession> before = List.of();

    Bystander() {
        beLoggedIn();
    }

    /** Logs in unless that is so still: where a test has failed, the next one is not to suffer. */
    private void beLoggedIn() {
        if (before.isEmpty() || !rows().equals(before)) {
            app.sql("DELETE FROM " + TestStage.TABLE);
            cookie = app.logIn("ada");
            app.keepNote(cookie, "milk");
            before = rows();
            assertThat(before).hasSize(1);
        }
    }

    RunningApp app() {
        return app;
    }

    String cookie() {
        return cookie;
    }

    /** A request with this person's session cookie, which works at this moment. */
    RawCall raw(String method, String target) {
        beLoggedIn();
        return app.raw(method, target).cookie(cookie);
    }

    /** The reply refuses with one of these statuses and one sentence, and nothing has changed. */
    void assertRefused(RawReply reply, Integer... statuses) {
        assertThat(reply.status()).as(reply.body()).isIn((Object[]) statuses);
        assertSentence(reply);
        assertThat(reply.headers("Set-Cookie")).isEmpty();
        assertThat(reply.headers("Location")).isEmpty();
        assertUnchanged();
    }

    /** The reply refuses with this sentence, as JSON, and nothing has changed. */
    void assertRefused(RawReply reply, int status, String sentence) {
        assertRefused(reply, status);
        assertThat(JsonParser.parseString(reply.body())
                        .getAsJsonObject()
                        .get("error")
                        .getAsString())
                .isEqualTo(sentence);
    }

    void assertUnchanged() {
        assertThat(rows()).isEqualTo(before);
        assertThat(app.userOf(cookie)).isEqualTo("ada");
    }

    /** The rows but for the time of last use, which reading may change once a minute. */
    private List<StoredSession> rows() {
        return app.rows().stream()
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
                .doesNotContain(cookie);
    }

    @Override
    public void close() {
        app.close();
    }
}
