package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Chromium's own developer tools, opened as a page of the same browser. They look at one of its other tabs. */
final class DevTools {

    /** The allowed origin of {@link #PAGE}: Chromium lets no other page listen to its tabs. */
    static final String ORIGIN = "devtools://devtools";

    private static final String PAGE = ORIGIN + "/bundled/devtools_app.html?ws=%s/devtools/page/%s&panel=resources";

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 340;

    /** Each part of the page is a shadow tree of its own. */
    private static final String FIND = """
            const [selector, text] = arguments;
            const below = root => [...root.querySelectorAll('*')].flatMap(element =>
                [element, ...(element.shadowRoot ? below(element.shadowRoot) : [])]);
            return below(document).filter(element => element.matches(selector) && element.innerText.trim().startsWith(text));""";

    private final RealBrowser browser;
    private final String tab;

    private DevTools(RealBrowser browser, String tab) {
        this.browser = browser;
        this.tab = tab;
    }

    /** Opens them in a tab of their own, at the cookies of the site that the current tab shows. */
    static DevTools openFor(RealBrowser browser, URI site) {
        String watched = browser.currentTab();
        Map<?, ?> options = (Map<?, ?>) browser.driver().getCapabilities().getCapability("goog:chromeOptions");
        // By its number: the page gets no connection to "localhost".
        String address = ((String) options.get("debuggerAddress")).replace("localhost", "127.0.0.1");
        DevTools tools = new DevTools(browser, browser.newTab());
        browser.setSize(WIDTH, HEIGHT);
        browser.open(URI.create(PAGE.formatted(address, watched)));
        browser.eventually(() -> {
            List<WebElement> cookies = tools.find("[role=treeitem]", "Cookies");
            assertThat(cookies).isNotEmpty();
            cookies.get(0).click();
            new Actions(browser.driver())
                    .sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
                    .perform();
            assertThat(tools.find("[role=treeitem][aria-selected=true]", "http://localhost:" + site.getPort()))
                    .hasSize(1);
        });
        return tools;
    }

    String tab() {
        return tab;
    }

    @SuppressWarnings("unchecked")
    private List<WebElement> find(String selector, String text) {
        return (List<WebElement>) browser.script(FIND, selector, text);
    }

    /** The names of the cookies that the tools show. */
    List<String> cookies() {
        return find("td.name-column", "").stream()
                .map(WebElement::getText)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
