package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pictures that the docs show. They stand in {@code docs/images}, and must still show the page as it is.
 * {@code -Drefresh} writes them anew, and takes those that no page of the docs shows as well. All go to
 * {@code target/screenshots}.
 *
 * <p>No two runs give the same pixels: ids and their colours are new each time. So what is compared is a hash
 * of what makes the page look as it does: its words, its elements and its style sheets, without the ids.
 */
final class Pictures {

    private static final Path FOLDER = Path.of("target/screenshots");
    private static final Path DOCS = Path.of("../../docs/images");

    private static final boolean ANEW = System.getProperty("refresh") != null;

    /** In bytes. The docs shall stay quick to load. */
    private static final int LARGEST = 320_000;

    /** By the names of the docs' pictures: the hash code of what the page showed when each was taken. */
    private static final Path SHOWN = Path.of("src/test/resources/pictures.json");

    private static final String HOW_TO_REFRESH =
            "docs/images/%s.png no longer shows the page as it is. Look at target/screenshots/%s.png, then take all pictures"
                    + " of the docs anew with: mvn -pl lab/system-tests test -Dtest=DevToolsTest,LabPanelInTheBrowserTest,ComparisonPageTest -Drefresh";

    /**
     * Lines and elements as a set: how often the panel looked, and in which order, is not what a picture is about; nor is
     * what is {@code fresh}, or has a {@code twin}, for a moment.
     */
    private static final String WHAT_IS_SHOWN = """
            const [selector, done] = arguments;
            const part = document.querySelector(selector);
            const distinct = list => [...new Set(list)].sort().join('\\n');
            const words = part.innerText.split('\\n').map(line => line.trim()
                .replace(/\\b[0-9a-f]{6}/g, 'id')
                .replace(/\\d+:\\d+(:\\d+)?|[\\d.]+ m?s\\b/g, 'time').replace(/:\\d{4,5}\\b/g, ':port'));
            const classes = element => [...element.classList].filter(name => name !== 'fresh' && name !== 'twin').sort();
            const elements = [...part.querySelectorAll('*')]
                .map(element => [element.localName, ...classes(element)].join('.'));
            const sheets = [...document.querySelectorAll('link[rel=stylesheet]')];
            Promise.all(sheets.map(sheet => fetch(sheet.href).then(reply => reply.text())))
                .then(styles => done([distinct(words), distinct(elements), ...styles].join('\\n\\n')));""";

    private Pictures() {}

    /** Takes a picture of the page as it is shown, if it is wanted. */
    static void take(RealBrowser browser, String name) {
        if (isWanted(name)) {
            save(browser, name, Map.of("captureBeyondViewport", false), shown(browser, "body"));
        }
    }

    /** The same of a page that is not ours, and looks otherwise from version to version: only what it shows is compared. */
    static void take(RealBrowser browser, String name, List<String> shown) {
        if (isWanted(name)) {
            save(browser, name, Map.of("captureBeyondViewport", false), String.join("\n", shown));
        }
    }

    /** Takes a picture of one part of the page, if it is wanted. */
    static void takePart(RealBrowser browser, String name, String selector) {
        if (isWanted(name)) {
            Object clip = browser.script(
                    "const { x, y, width, height } = document.querySelector(arguments[0])"
                            + ".getBoundingClientRect(); return { x, y: y + scrollY, width, height, scale: 1 };",
                    selector);
            save(browser, name, Map.of("captureBeyondViewport", true, "clip", clip), shown(browser, selector));
        }
    }

    private static boolean isWanted(String name) {
        return ANEW || Files.exists(inTheDocs(name));
    }

    private static Path inTheDocs(String name) {
        return DOCS.resolve(name + ".png");
    }

    private static String shown(RealBrowser browser, String selector) {
        return (String) browser.asyncScript(WHAT_IS_SHOWN, selector);
    }

    private static void save(RealBrowser browser, String name, Map<String, Object> what, String shown) {
        // A headless browser would leave out the strip in which a scroll bar would stand.
        browser.command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        byte[] pixels = Base64.getDecoder()
                .decode((String) browser.command("Page.captureScreenshot", what).get("data"));
        assertThat(pixels.length).as(name).isBetween(1_000, LARGEST);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name + ".txt"), shown);
            Files.write(FOLDER.resolve(name + ".png"), pixels);
            if (Files.exists(inTheDocs(name))) {
                compare(name, pixels, Integer.toHexString(shown.hashCode()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void compare(String name, byte[] pixels, String shown) throws IOException {
        Map<String, String> known =
                new Gson().fromJson(Files.readString(SHOWN), new TypeToken<TreeMap<String, String>>() {});
        if (ANEW) {
            known.put(name, shown);
            Files.write(inTheDocs(name), pixels);
            Files.writeString(
                    SHOWN, new GsonBuilder().setPrettyPrinting().create().toJson(known) + "\n");
            return;
        }
        assertThat(shown).as(HOW_TO_REFRESH, name, name).isEqualTo(known.get(name));
    }
}
