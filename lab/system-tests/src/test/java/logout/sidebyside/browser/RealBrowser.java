package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.FluentWait;

/**
 * A person's browser, real: test classes hand its process on, and each test finds it without cookies and
 * with one tab that has no past. Until a test opens a page, its tab shows the last one of the test before.
 *
 * <p>Register it with {@code @RegisterExtension} in a static field.
 */
final class RealBrowser implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    // One script asks for what WebDriver would look up first and then ask for with a script of its own: what tests wait
    // for they ask for many times.
    private static final String TEXT = """
            const one = document.querySelector(arguments[0]);
            one?.closest('.fold:not([open])')?.setAttribute('open', '');
            return one?.checkVisibility() ? one.innerText : one && '';""";
    private static final String PROPERTY = "return document.querySelector(arguments[0])?.[arguments[1]]";
    private static final String HAS = "return document.querySelector(arguments[0]) !== null";

    /** Says what is in the way of a person's click, if anything is, and else does what such a click would do. */
    private static final String CLICK = """
            const one = document.querySelector(arguments[0]);
            one.scrollIntoView({ block: 'nearest' });
            const [{ left, top, width, height }] = one.getClientRects();
            const hit = document.elementFromPoint(left + width / 2, top + height / 2);
            if (!one.contains(hit)) return hit?.outerHTML ?? 'nothing';
            one.focus();
            one.click();""";

    private Chromium chromium;
    private ChromeDriver driver;

    /** Whether a test has done to the tab what the next one must not find. */
    private boolean tabIsUsedUp = true;

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium = Chromium.borrow();
        driver = chromium.driver();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (chromium != null) {
            chromium.giveBack();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (tabIsUsedUp) {
            replaceTabs();
        } else {
            command("Page.resetNavigationHistory");
            setSize(WIDTH, HEIGHT);
            prefers(Map.of());
        }
        command("Network.clearBrowserCookies");
    }

    /** To open a tab takes Chromium longer than to open a page in it, so this is done only where it must be. */
    private void replaceTabs() {
        List<String> oldTabs = List.copyOf(driver.getWindowHandles());
        String fresh = newTab();
        for (String tab : oldTabs) {
            driver.switchTo().window(tab).close();
        }
        switchTo(fresh);
        tabIsUsedUp = false;
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Opens a tab and goes to it. */
    String newTab() {
        tabIsUsedUp = true;
        String tab = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        setSize(WIDTH, HEIGHT);
        return tab;
    }

    String currentTab() {
        return driver.getWindowHandle();
    }

    /** Goes to a tab without telling the page: to its scripts it is as visible as before. */
    void switchTo(String tab) {
        driver.switchTo().window(tab);
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    void back() {
        driver.navigate().back();
    }

    void reload() {
        driver.navigate().refresh();
    }

    /** The path of the page that is shown. */
    String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    boolean has(String selector) {
        return (Boolean) script(HAS, selector);
    }

    /** The text of an element as it can be seen once it is unfolded: none, where the element is not on show. */
    String text(String selector) {
        return found(selector, (String) script(TEXT, selector)).strip();
    }

    /** What a property of an element holds, as a text. */
    String property(String selector, String name) {
        return found(selector, (String) script(PROPERTY, selector, name));
    }

    private static String found(String selector, String value) {
        if (value == null) {
            throw new NoSuchElementException("The page has no " + selector);
        }
        return value;
    }

    /** Clicks an element where a person could. WebDriver's own click takes Chromium ten times as long. */
    void click(String selector) {
        text(selector);
        assertThat(script(CLICK, selector)).as("in the way of %s", selector).isNull();
    }

    /** Does what a click on an element does, be it folded away or covered: for where the click is not the point. */
    void press(String selector) {
        script("document.querySelector(arguments[0]).click()", selector);
    }

    /** Replaces what is in a field, in one go as by pasting: key by key takes Chromium several times as long. */
    void fillIn(String selector, String text) {
        script("const field = document.querySelector(arguments[0]); field.focus(); field.select()", selector);
        driver.executeCdpCommand("Input.insertText", Map.of("text", text));
    }

    /** A cookie in the browser's own store, HttpOnly ones included, or null. */
    Cookie cookie(String name) {
        return driver.manage().getCookieNamed(name);
    }

    /** Replaces the cookie of this name, for the site that is open. */
    void setCookie(Cookie cookie) {
        driver().manage().deleteCookieNamed(cookie.getName());
        driver().manage().addCookie(cookie);
    }

    /** The {@code SameSite} that a cookie was set with, or null: WebDriver would fill in the browser's default. */
    String sameSite(String cookieName) {
        return anyCookie(cookieName, "Network.getCookies", "sameSite");
    }

    /** The value of the cookie of this name that the browser holds for any site, or null. */
    String valueAnywhere(String cookieName) {
        return anyCookie(cookieName, "Storage.getCookies", "value");
    }

    private String anyCookie(String name, String command, String property) {
        List<?> cookies = (List<?>) command(command).get("cookies");
        return cookies.stream()
                .map(cookie -> (Map<?, ?>) cookie)
                .filter(cookie -> name.equals(cookie.get("name")))
                .findFirst()
                .map(cookie -> (String) cookie.get(property))
                .orElse(null);
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that calls the last of its arguments when it is done. */
    Object asyncScript(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** The status with which the page's own server answers the page's script. */
    int status(String path) {
        String ask = "fetch(arguments[0]).then(reply => arguments[1](reply.status))";
        return ((Long) asyncScript(ask, path)).intValue();
    }

    /** Gives the page this many CSS pixels. */
    void setSize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Sets what the user prefers, by the names of the media features. */
    void prefers(Map<String, String> features) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        features.entrySet().stream()
                                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                                .toList()));
    }

    /** A command of the Chrome DevTools Protocol that changes how the current tab works, until the end of the test. */
    Map<String, Object> command(String name, Map<String, Object> parameters) {
        tabIsUsedUp = true;
        return driver.executeCdpCommand(name, parameters);
    }

    private Map<String, Object> command(String name) {
        return driver.executeCdpCommand(name, Map.of());
    }

    /** Repeats assertions until they hold: whatever is seen in a page takes a moment to get there. */
    void eventually(Runnable assertions) {
        try {
            new FluentWait<>(driver)
                    .withTimeout(TIMEOUT)
                    .pollingEvery(PAUSE)
                    .ignoring(AssertionError.class)
                    .ignoring(WebDriverException.class) // such as of a page that is being left
                    .until(browser -> {
                        assertions.run();
                        return true;
                    });
        } catch (TimeoutException e) {
            if (e.getCause() instanceof AssertionError failure) {
                throw failure;
            }
            throw e;
        }
    }
}
