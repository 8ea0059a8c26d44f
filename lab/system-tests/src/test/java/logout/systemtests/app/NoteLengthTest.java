package logout.systemtests.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import logout.app.LoginApp;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteLengthTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    @AutoClose
    private final RunningApp app = RunningApp.start();

    private final String cookie = app.logIn("ada");

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "🔑"})
    void ten_thousand_bytes_are_kept_and_one_more_is_refused(String letter) {
        String longest = letter.repeat(LoginApp.MAX_NOTE_BYTES / letter.getBytes(UTF_8).length);
        String tooLong = longest + "a";

        assertThat(put(longest).status()).isEqualTo(200);
        assertThat(app.onlyRow().note())
                .isEqualTo(longest)
                .satisfies(note -> assertThat(note.getBytes(UTF_8)).hasSize(10_000));
        assertThat(app.noteOf(cookie)).isEqualTo(longest);

        RawReply reply = put(tooLong);
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("{\"error\":\"A note has at most 10,000 bytes.\"}");
        assertThat(app.onlyRow().note()).isEqualTo(longest);
    }

    @Test
    void a_form_s_note_has_the_same_limit() {
        String longest = "é".repeat(5_000);

        RawReply kept = post(longest);
        RawReply refused = post(longest + "a");

        assertThat(kept.status()).isEqualTo(302);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body()).contains("A note has at most 10,000 bytes.", longest + "a");
        assertThat(app.onlyRow().note()).isEqualTo(longest);
    }

    @Test
    void a_body_of_exactly_64_kB_is_read() {
        String note = "{\"note\":\"x\"}";
        String body = note + " ".repeat(64 * 1024 - note.length());

        assertThat(app.raw("PUT", "/api/note").cookie(cookie).send(JSON, body).status())
                .isEqualTo(200);
        assertThat(app.raw("PUT", "/api/note")
                        .cookie(cookie)
                        .sendChunked(JSON, body.getBytes(UTF_8))
                        .status())
                .isEqualTo(200);
        assertThat(app.onlyRow().note()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\rb", "a\0b", "\"quoted\" \\ {}", "مرحبا ✓", "%41+%2B&=;"})
    void a_note_comes_back_as_it_was_given(String note) {
        assertThat(post(note).status()).isEqualTo(302);

        assertThat(app.onlyRow().note()).isEqualTo(note);
        assertThat(app.noteOf(cookie)).isEqualTo(note);
    }

    private RawReply put(String note) {
        return app.raw("PUT", "/api/note").cookie(cookie).send(JSON, "{\"note\":\"" + note + "\"}");
    }

    private RawReply post(String note) {
        return app.raw("POST", "/note").cookie(cookie).send(FORM, "note=" + URLEncoder.encode(note, UTF_8));
    }
}
