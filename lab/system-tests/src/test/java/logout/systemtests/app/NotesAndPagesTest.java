package logout.systemtests.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import logout.app.LoginApp;
import logout.app.web.Pages;
import logout.experiment.PageProtocol;
import logout.testing.Browser;
import logout.testing.RawConnection;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesAndPagesTest {

    @AutoClose
    private final RunningStage stage = RunningStage.of(TestStage.STAGE).start();

    private final Browser ada = stage.newBrowser().logIn();

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "🔑"})
    void ten_thousand_bytes_are_kept_and_one_more_is_refused(String letter) {
        String longest = letter.repeat(LoginApp.MAX_NOTE_BYTES / letter.getBytes(UTF_8).length);
        assertThat(longest.getBytes(UTF_8)).hasSize(10_000);
        for (PageProtocol pages : PageProtocol.values()) {
            ada.keepNote("short").then().statusCode(200);

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
            ada.keepNote("another").then().statusCode(200);
            assertThat(RawConnection.exchange(stage.address(), save).status()).isEqualTo(200);
            assertThat(stage.rowOf(ada).note()).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\rb", "a\0b", "\"quoted\" \\ {}", "مرحبا ✓", "%41+%2B&=;"})
    void a_note_comes_back_as_it_was_given(String note) {
        for (PageProtocol pages : PageProtocol.values()) {
            ada.keepNote("another").then().statusCode(200);
            // In a form, browsers send a line break as two characters.
            String sent = pages == PageProtocol.CLASSIC ? note.replace("\n", "\r\n") : note;

            assertThat(ada.send(pages.keepNote(sent)).statusCode()).isEqualTo(pages.done());

            assertThat(stage.rowOf(ada).note()).isEqualTo(note);
            assertThat(ada.note()).isEqualTo(note);
        }
    }

    @Test
    void a_note_is_shown_as_text_not_as_html_and_in_utf_8() {
        ada.keepNote("<script>alert(\"1\")</script> & 'café' ✓ ${7*7}");

        Response page = ada.get("/profile");

        assertThat(page.contentType().replace("; ", ";")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(page.asString())
                .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;café&#39; ✓ ${7*7}")
                .doesNotContain("<script>");
    }

    @Test
    void a_name_that_was_refused_cannot_leave_its_attribute() {
        String page = stage.newBrowser()
                .send(PageProtocol.CLASSIC.logIn("\"><script>", "wrong"))
                .asString();

        assertThat(page).contains("value=\"&quot;&gt;&lt;script&gt;\"").doesNotContain("<script>");
    }

    @Test
    void a_template_that_is_missing_fails_and_so_does_a_missing_value() {
        Pages pages = new Pages(TestStage.STAGE.folder());

        assertThatThrownBy(() -> pages.render("missing.ftlh", Map.of())).hasMessageContaining("missing.ftlh");
        assertThatThrownBy(() -> pages.render("incomplete.ftlh", Map.of())).isInstanceOf(IllegalStateException.class);
        assertThat(pages.render("incomplete.ftlh", Map.of("valueThatNobodyGives", "<b>")))
                .contains("begun &lt;b&gt;");
    }
}
