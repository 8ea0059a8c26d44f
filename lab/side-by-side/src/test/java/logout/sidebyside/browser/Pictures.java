package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/**
 * The pictures that the docs show. They go to {@code target/screenshots}, or to the folder that
 * {@code -Dscreenshots=…} names, seen from the root of the repository.
 */
final class Pictures {

    private static final Path ROOT = Path.of("../..");
    private static final Path DEFAULT_FOLDER = Path.of("target/screenshots");

    /** In bytes. The docs shall stay quick to load. */
    private static final long LARGEST = 500_000;

    private Pictures() {}

    /** Takes a picture of the page as it is shown. */
    static void take(RealBrowser browser, String name) {
        save(browser, name, false);
    }

    /** Takes a picture of the whole page on a screen of this size. */
    static void take(RealBrowser browser, String name, int width, int height, String scheme) {
        browser.setSize(width, height);
        browser.prefers(Map.of("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce"));
        save(browser, name, true);
    }

    private static void save(RealBrowser browser, String name, boolean whole) {
        // A headless browser would leave out the strip in which a scroll bar would stand.
        browser.command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        byte[] picture = Base64.getDecoder()
                .decode((String) browser.command("Page.captureScreenshot", Map.of("captureBeyondViewport", whole))
                        .get("data"));
        assertThat(picture.length).as(name).isBetween(1_000, (int) LARGEST);
        try {
            Files.write(Files.createDirectories(folder()).resolve(name + ".png"), picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String chosen = System.getProperty("screenshots");
        return chosen == null ? DEFAULT_FOLDER : ROOT.resolve(chosen);
    }
}
