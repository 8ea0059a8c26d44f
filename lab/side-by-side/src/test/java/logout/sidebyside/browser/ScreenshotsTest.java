package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each stage before and after the logout. See {@link Pictures}. */
@DisplayName("The pictures of each stage")
@Order(7)
class ScreenshotsTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);

    @ParameterizedTest(name = "{0}")
    @EnumSource(Way.class)
    @Order(1)
    void are_taken_before_and_after_the_logout(Way way) {
        String name = "stage-" + way.stage.number();
        stage.start(way.stage);
        ada.hasKept("buy milk");
        browser.eventually(
                () -> assertThat(browser.text("#lab-rows [data-yours]")).contains("ada", "buy milk"));
        if (way != Way.FORM) {
            take(name + "-before");
        }

        ada.logsOut(way);
        browser.eventually(() -> assertThat(browser.text("#lab-residue")).contains("cookie in the browser"));
        browser.script("document.activeElement.blur(); scrollTo(0, 0)");

        take(name + "-after" + (way == Way.LINK ? "-get" : way == Way.FORM ? "-post" : ""));
    }

    @Test
    @Order(2)
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

    private void take(String name) {
        Pictures.take(browser, name, 1280, 800, "light");
        Pictures.take(browser, name + "-narrow", 360, 800, "light");
        if (name.equals("stage-4-after")) {
            Pictures.take(browser, name + "-dark", 1280, 800, "dark");
        }
    }
}
