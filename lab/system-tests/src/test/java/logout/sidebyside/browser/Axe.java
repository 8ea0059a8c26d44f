package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The accessibility checker axe, run in the page that a browser shows. */
final class Axe {

    private static final String AXE = axe();
    private static final int HEIGHT = 800;

    /** Where the page can be moved sideways: what reaches beyond its edge. */
    private static final String STICKING_OUT = """
            const { clientWidth, scrollWidth } = document.documentElement;
            return clientWidth === scrollWidth ? [] : [...document.querySelectorAll('body *')]
                .filter(part => part.getBoundingClientRect().right > clientWidth && !part.closest('pre'))
                .map(part => `sticks out: ${part.cloneNode().outerHTML}`);""";

    /** Controls of less than 24 by 24 pixels; but a link in a sentence is as high as its line, and who presses a label presses its control. */
    private static final String TOO_SMALL = """
            return [...document.querySelectorAll('button, a[href], input:not([type=hidden]), textarea, summary')]
                .filter(one => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
                .map(one => one.closest('label') ?? one)
                .map(one => [one, one.getBoundingClientRect()])
                .filter(([, { width, height }]) => width < 24 || height < 24)
                .map(([one, { width, height }]) => `${width} x ${height}: ${one.outerHTML}`);""";

    private static final String VIOLATIONS = """
            const say = violation => violation.nodes.map(node =>
                `${violation.id}: ${node.html} ${node.failureSummary}`);
            const [done] = arguments;
            axe.run(document, { resultTypes: ['violations'] })
                .then(({ violations }) => violations.flatMap(say), failure => [String(failure)])
                .then(done);""";

    /** Each width and each theme once: contrast is what takes axe the most time. */
    private enum Screen {
        WIDE_LIGHT(1280, "light"),
        NARROW_DARK(320, "dark");

        private final int width;
        private final String scheme;

        Screen(int width, String scheme) {
            this.width = width;
            this.scheme = scheme;
        }
    }

    private Axe() {}

    /** Asserts that axe finds nothing in the page as it is, that nothing sticks out of it, and that no control is too small. */
    static void assertNoViolation(RealBrowser browser) {
        browser.script("if (!window.axe) {" + AXE + "}");
        for (Screen screen : Screen.values()) {
            browser.setSize(screen.width, HEIGHT);
            browser.prefers(Map.of("prefers-color-scheme", screen.scheme, "prefers-reduced-motion", "reduce"));
            String where = browser.path() + " on a " + screen + " screen";
            assertThat((List<?>) browser.script(STICKING_OUT)).as(where).isEmpty();
            assertThat((List<?>) browser.script(TOO_SMALL)).as(where).isEmpty();
            assertThat((List<?>) browser.asyncScript(VIOLATIONS)).as(where).isEmpty();
        }
    }

    private static String axe() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
