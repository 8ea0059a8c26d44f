package logout.systemtests.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import logout.app.LoginApp;
import logout.experiment.PageProtocol;
import logout.testing.Browser;
import logout.testing.RawConnection;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteLengthTest {

    @RegisterExtension
    final RunningStage stage = RunningStage.of(TestStage.STAGE);

    private Browser ada;

    @BeforeEach
    void ada_logs_in() {
        ada = stage.newBrowser().logIn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "🔑"})
    void ten_thousand_bytes_are_kept_and_one_more_is_refused(String letter) {
        String longest = letter.repeat(LoginApp.MAX_NOTE_BYTES / letter.getBytes(UTF_8).length);
        assertThat(longest.getBytes(UTF_8)).hasSize(10_000);
        for (PageProtocol pages : PageProtocol.values()) {
            ada.keepNote("short");

            Response kept = ada.send(pages.keepNote(longest));
            Response refused = ada.send(pages.keepNote(longest + "a"));

            assertThat(kept.statusCode()).isEqualTo(pages.done());
            assertThat(ada.note()).isEqualTo(longest);
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.asString()).contains("A note has at most 10,000 bytes.");
            if (pages == PageProtocol.CLASSIC) {
                assertThat(refused.asString()).contains(longest + "a");
            }
            assertThat(stage.rowOf(ada).note()).isEqualTo(longest);
        }
    }

    @Test
    void a_body_of_exactly_64_kB_is_read() {
        String json = "{\"note\":\"x\"}";
        String body = json + " ".repeat(64 * 1024 - json.length());
        RawRequest request = ada.raw("PUT", "/api/note");

        for (RawRequest save : List.of(
                request.json(body),
                request.with("Content-Type: application/json").chunk(body))) {
            ada.keepNote("another");
            assertThat(RawConnection.exchange(stage.address(), save).status()).isEqualTo(200);
            assertThat(stage.rowOf(ada).note()).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\rb", "a\0b", "\"quoted\" \\ {}", "مرحبا ✓", "%41+%2B&=;"})
    void a_note_comes_back_as_it_was_given(String note) {
        for (PageProtocol pages : PageProtocol.values()) {
            ada.keepNote("another");

            assertThat(ada.send(pages.keepNote(note)).statusCode()).isEqualTo(pages.done());

            assertThat(stage.rowOf(ada).note()).isEqualTo(note);
            assertThat(ada.note()).isEqualTo(note);
        }
    }
}
