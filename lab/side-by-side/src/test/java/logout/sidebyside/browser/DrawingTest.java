package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import logout.app.Stage;
import logout.stage03.ClearCookieApp;
import logout.stage04.DestroySessionApp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

@DisplayName("The drawing of the last logout, in a real browser")
@Order(2)
class DrawingTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);
    private final Drawing drawing = new Drawing(browser);

    @Test
    @Order(3)
    void follows_the_route_that_runs_and_leaves_out_what_another_browser_does_meanwhile() {
        Stage edited = new Stage(3, "Edited", "Stage 4's routes", DestroySessionApp.STAGE.routes());
        stage.start(ClearCookieApp.STAGE);
        stage.running().server().replace(edited);
        ada.hasKept("buy milk");
        stage.graceLogsInElsewhere().post("/lab/slow-save").then().statusCode(202);

        ada.logsOut(Way.STAGE_3);

        drawing.tells(Drawing.of(Way.STAGE_4));
    }

    @Test
    @Order(4)
    void is_stepped_through_with_the_keys_and_a_step_is_a_sentence() {
        stage.start(ClearCookieApp.STAGE);
        ada.hasKept("buy milk");
        ada.logsOut(Way.STAGE_3);
        browser.eventually(() -> assertThat(drawing.sentences()).isNotEmpty());
        int steps = drawing.sentences().size();

        browser.script("document.querySelector('#lab-drawing .drawing').focus()");
        press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT);

        assertThat(
                        drawing.texts(
                                "return [...document.querySelectorAll('#lab-drawing svg [data-step]:not(.ahead)')].map(one => one.dataset.step)"))
                .containsExactly("0", "1");
        assertThat(browser.text("#lab-drawing [aria-current=step] .sentence")).startsWith("The server reads the row");
        assertThat(browser.property("#lab-drawing [role=status]", "textContent"))
                .startsWith("2/" + steps + " The server reads the row");
        press(Keys.END);
        assertThat(browser.has("#lab-drawing .ahead")).isFalse();
    }

    private static void press(Keys... keys) {
        browser.driver().switchTo().activeElement().sendKeys(keys);
    }
}
