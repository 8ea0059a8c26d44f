package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import logout.app.web.Pages;
import logout.testing.CapturedLog;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("captures the log")
class PagesTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @AutoClose
    private final RunningApp app = RunningApp.start();

    @Test
    void a_note_is_shown_as_text_not_as_html() {
        String cookie = app.logIn("ada");
        String note = "<script>alert(\"1\")</script> & 'x' ${7*7}";
        app.raw("POST", "/note").cookie(cookie).send(FORM, "note=" + URLEncoder.encode(note, StandardCharsets.UTF_8));
        assertThat(app.noteOf(cookie)).isEqualTo(note);

        String page = app.with(cookie).get("/profile").asString();

        assertThat(page)
                .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; ${7*7}")
                .doesNotContain("<script>");
    }

    @Test
    void a_name_that_was_refused_cannot_leave_its_attribute() {
        String page = app.raw("POST", "/login")
                .send(FORM, "username=%22%3E%3Cscript%3E&password=wrong")
                .body();

        assertThat(page).contains("value=\"&quot;&gt;&lt;script&gt;\"").doesNotContain("<script>");
    }

    @Test
    void a_page_is_utf_8() {
        String cookie = app.logIn("ada");
        app.keepNote(cookie, "Ada’s café ✓");

        RawReply page = app.raw("GET", "/profile").cookie(cookie).send();

        assertThat(page.header("Content-Type").replace("; ", ";")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(page.body()).contains("Ada’s café ✓");
    }

    @Test
    void a_missing_value_fails_and_no_half_page_goes_out() {
        RawReply[] reply = new RawReply[1];

        String log = CapturedLog.during(
                () -> reply[0] = app.raw("GET", "/incomplete").send());

        assertThat(reply[0].status()).isEqualTo(500);
        assertThat(reply[0].body()).isEqualTo("This app has a fault and could not answer. Its log says more.");
        assertThat(log).contains("valueThatNobodyGives");
    }

    @Test
    void a_template_that_is_missing_fails() {
        Pages pages = new Pages(TestStage.STAGE.folder());

        assertThatThrownBy(() -> pages.render("missing.ftlh", Map.of())).hasMessageContaining("missing.ftlh");
        assertThatThrownBy(() -> pages.render("incomplete.ftlh", Map.of())).isInstanceOf(IllegalStateException.class);
        assertThat(pages.render("incomplete.ftlh", Map.of("valueThatNobodyGives", "<b>")))
                .contains("begun &lt;b&gt;");
    }
}
