package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Before and after the logout. See {@link Pictures}. */
@DisplayName("The pictures of the browser's own developer tools")
@Order(7)
class DevToolsTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);

    @Test
    void show_the_cookie_in_the_browser_s_own_developer_tools() {
        stage.start(Way.STAGE_4.stage);
        ada.hasKept("buy milk");
        String page = browser.currentTab();
        DevTools tools = DevTools.openFor(browser, stage.address());
        browser.eventually(() -> assertThat(tools.cookies()).containsExactly(stage.cookieName()));
        Pictures.take(browser, "devtools-before", tools.cookies());

        browser.switchTo(page);
        ada.logsOut(Way.STAGE_4);
        browser.switchTo(tools.tab());
        browser.eventually(() -> assertThat(tools.cookies()).isEmpty());
        Pictures.take(browser, "devtools-after", tools.cookies());
    }
}
