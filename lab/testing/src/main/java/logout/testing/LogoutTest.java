package logout.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import logout.experiment.Call;
import logout.experiment.PageProtocol;
import logout.experiment.StoredSession;
import logout.panel.LabPanel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What all the stages' logouts do alike. What a logout leaves behind is told by the test of its own stage. */
public abstract class LogoutTest {

    @RegisterExtension
    protected final RunningStage stage;

    /** What the page sends. */
    protected final Call logout;

    protected Browser ada;
    protected StoredSession rowBefore;

    /** Who holds a copy of her cookie from before the logout. */
    protected Browser thief;

    protected final boolean isPlainSite;

    protected LogoutTest(RunningStage stage, String method) {
        PageProtocol pages = LabPanel.protocolOf(stage.stage());
        this.stage = stage;
        this.logout = pages.logOut(method);
        this.isPlainSite = pages == PageProtocol.CLASSIC;
    }

    protected final Response logOut(Browser browser) {
        return browser.send(logout);
    }

    @BeforeEach
    void ada_logs_in_and_keeps_a_note() {
        ada = stage.newBrowser().logIn();
        ada.keepNote("buy milk");
        rowBefore = stage.rowOf(ada);
        thief = ada.copy();
    }

    @Test
    @Order(1)
    void before_the_logout_the_cookie_points_to_a_row_with_the_user_and_the_note() {
        assertThat(ada.user()).isEqualTo("ada");
        assertThat(rowBefore.user()).isEqualTo("ada");
        assertThat(rowBefore.note()).isEqualTo("buy milk");
        assertThat(stage.rows()).hasSize(1);
    }

    @Test
    @Order(2)
    void the_reply_leads_a_plain_site_home_and_is_204_without_a_redirect_that_fetch_would_follow() {
        Response reply = logOut(ada);

        assertThat(reply.statusCode()).isEqualTo(isPlainSite ? 302 : 204);
        assertThat(reply.header("Location")).isEqualTo(isPlainSite ? "/" : null);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.asString()).isEmpty();
        assertThat(ada.get("/").asString()).contains("Home page");
    }

    @Test
    @Order(3)
    void nobody_is_logged_in_any_more() {
        logOut(ada);

        assertThat(ada.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    @Order(9)
    void logging_out_twice_or_without_a_session_gets_the_same_reply_and_no_further_row() {
        int status = logOut(ada).statusCode();
        List<StoredSession> left = stage.rows();
        assertThat(logOut(ada).statusCode()).isEqualTo(status);
        assertThat(stage.rows()).hasSameSizeAs(left);

        Browser stranger = stage.newBrowser();
        assertThat(logOut(stranger).statusCode()).isEqualTo(status);
        assertThat(stranger.sessionCookie()).isNull();
        assertThat(stage.rows()).hasSameSizeAs(left);
    }

    @Test
    @Order(10)
    void the_same_user_stays_logged_in_in_another_browser() {
        Browser phone = stage.newBrowser().logIn();

        logOut(ada);

        assertThat(phone.user()).isEqualTo("ada");
    }
}
