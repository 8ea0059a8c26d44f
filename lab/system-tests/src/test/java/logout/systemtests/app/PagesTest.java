package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.response.Response;
import java.util.Map;
import logout.app.web.Pages;
import logout.experiment.PageProtocol;
import logout.testing.Browser;
import logout.testing.RunningStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PagesTest {

    @RegisterExtension
    final RunningStage stage = RunningStage.of(TestStage.STAGE);

    @Test
    void a_note_is_shown_as_text_not_as_html_and_in_utf_8() {
        Browser ada = stage.newBrowser().logIn();
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
