package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import logout.experiment.ResidueColumn;
import logout.experiment.StoredSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Cookie;

@DisplayName("The five logouts, in a real browser")
@Order(1)
class StagesInTheBrowserTest {

    private static final String WATCH_FOR_MOVES = """
            window.moved = [];
            new PerformanceObserver(list => list.getEntries().forEach(entry =>
                moved.push(...entry.sources.map(({ node }) => node?.id || node?.nodeName))))
                .observe({ type: 'layout-shift', buffered: true });""";

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final LiveStage stage = new LiveStage();

    private final Ada ada = new Ada(browser, stage);

    private Cookie sessionCookie() {
        return browser.cookie(stage.cookieName());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LINK", "STAGE_3", "STAGE_4"})
    @Order(1)
    void show_nothing_personal_and_leave_the_cookie_and_the_rows_that_the_residue_table_says(Way way) {
        stage.start(way.stage);
        ada.logsIn();
        ada.keeps("buy milk");
        Cookie cookie = sessionCookie();
        assertIsOutOfReachOfScriptsAndOfOtherSites(cookie);
        List<StoredSession> rows = stage.rows();
        assertThat(rows).hasSize(1);
        assertThat(cookie.getValue()).isEqualTo(rows.get(0).id());
        assertThat(rows.get(0).user()).isEqualTo("ada");
        assertThat(rows.get(0).note()).isEqualTo("buy milk");
        browser.script("window.marker = 'no reload'");

        ada.logsOut(way);

        Map<String, String> residue = way.residue();
        assertThat(fateOf(cookie)).isEqualTo(residue.get(ResidueColumn.COOKIE.title()));
        assertThat(fateOf(rows.get(0))).isEqualTo(residue.get(ResidueColumn.OLD_ROW.title()));
        assertThat(newRowBeside(rows.get(0))).isEqualTo(residue.get(ResidueColumn.NEW_ROW.title()));
        Cookie left = sessionCookie();
        assertThat(stage.rows())
                .as("a cookie that is left points to the one row that is left")
                .hasSize(left == null ? 0 : 1)
                .allMatch(row -> row.id().equals(left.getValue()));
        ada.seesNothingPersonal("buy milk");
        assertThat(browser.path()).isEqualTo("/");
        assertThat(browser.script("return window.marker"))
                .as("the single page changes its view without a reload, the plain site is loaded anew")
                .isEqualTo(way.stage.number() == 1 ? null : "no reload");
        assertThat(browser.status("/api/me")).isEqualTo(401);
        browser.open(stage.address("/assets/favicon.svg"));
        browser.back();
        browser.eventually(() -> ada.seesNothingPersonal("buy milk"));
        browser.reload();
        browser.eventually(() -> ada.seesNothingPersonal("buy milk"));
    }

    private String fateOf(Cookie before) {
        Cookie now = sessionCookie();
        if (now == null) {
            return "gone";
        }
        return now.getValue().equals(before.getValue()) ? "same" : "replaced";
    }

    private String fateOf(StoredSession before) {
        return stage.rows().stream()
                .filter(row -> row.id().equals(before.id()))
                .findFirst()
                .map(row -> "stays, " + (row.user() == null ? "without the user" : "with the user")
                        + (row.note() == null ? ", without the note" : ", with the note"))
                .orElse("gone");
    }

    private String newRowBeside(StoredSession before) {
        List<StoredSession> others = stage.rows().stream()
                .filter(row -> !row.id().equals(before.id()))
                .toList();
        if (others.isEmpty()) {
            return "none";
        }
        StoredSession row = others.get(0);
        return (others.size() == 1 ? "one" : "" + others.size())
                + (row.user() == null ? ", anonymous" : ", of " + row.user())
                + (row.note() == null ? ", empty" : ", with a note");
    }

    @ParameterizedTest(name = "{0}, {1} x {2}")
    @CsvSource({"LINK, 1280, 720", "STAGE_4, 390, 844"})
    @Order(3)
    void have_pages_in_which_nothing_moves_on_a_slow_network(Way way, int width, int height) {
        stage.start(way.stage);
        browser.setSize(width, height);
        browser.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH_FOR_MOVES));
        browser.command(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 150, "downloadThroughput", -1, "uploadThroughput", -1));

        ada.comes();

        browser.eventually(() -> assertThat(browser.text("#lab-step")).contains("Step 1"));
        browser.eventually(() -> assertThat(browser.text("#lab-count")).isEqualTo("No rows."));
        assertThat((List<?>) browser.script("return moved")).isEmpty();
    }

    private void assertIsOutOfReachOfScriptsAndOfOtherSites(Cookie cookie) {
        assertThat(browser.script("document.cookie = 'seen=yes'; return document.cookie"))
                .isEqualTo("seen=yes");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(browser.sameSite(cookie.getName())).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isEqualTo("localhost");
        assertThat(cookie.getExpiry()).as("it ends when the browser does").isNull();
    }
}
