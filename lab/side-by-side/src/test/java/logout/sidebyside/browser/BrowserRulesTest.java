package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the docs say about browsers, where no stage does it. */
@DisplayName("A browser")
class BrowserRulesTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    private HttpServer site;
    private HttpServer anotherPort;

    @BeforeEach
    void two_sites_on_localhost() throws IOException {
        site = serverThatSendsWhatItIsAskedFor();
        anotherPort = serverThatSendsWhatItIsAskedFor();
    }

    @AfterEach
    void stop() {
        site.stop(0);
        anotherPort.stop(0);
    }

    /** Answers a query with the header that it names, in an empty page that is not to be stored. */
    private static HttpServer serverThatSendsWhatItIsAskedFor() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            if (query != null) {
                String[] header =
                        URLDecoder.decode(query, StandardCharsets.UTF_8).split("=", 2);
                exchange.getResponseHeaders().set(header[0], header[1]);
                exchange.getResponseHeaders().set("Cache-Control", "no-store");
            }
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void open(HttpServer server, String header) {
        browser.open(address(server, header));
    }

    private static URI address(HttpServer server, String header) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/?"
                + URLEncoder.encode(header, StandardCharsets.UTF_8));
    }

    @Test
    void drops_the_cookies_of_every_port_when_one_sends_clear_site_data() {
        open(site, "Set-Cookie=kept=1; HttpOnly");
        open(anotherPort, "X-Logout=clears nothing");
        assertThat(browser.valueAnywhere("kept")).isEqualTo("1");

        open(anotherPort, "Clear-Site-Data=\"cookies\"");

        browser.eventually(() -> assertThat(browser.valueAnywhere("kept")).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Path=/", "Secure; Path=/else", "Secure"})
    void ignores_a_deletion_of_a_host_cookie_that_is_not_secure_or_has_another_path(String attributes) {
        open(site, "Set-Cookie=__Host-kept=1; Secure; Path=/");
        assertThat(browser.valueAnywhere("__Host-kept")).isEqualTo("1");

        open(site, "Set-Cookie=__Host-kept=; Max-Age=0; " + attributes);
        assertThat(browser.valueAnywhere("__Host-kept")).isEqualTo("1");

        open(site, "Set-Cookie=__Host-kept=; Max-Age=0; Secure; Path=/");
        assertThat(browser.valueAnywhere("__Host-kept")).isNull();
    }

    /** The back/forward cache. The logout is the page that the link leads to. */
    @ParameterizedTest
    @CsvSource({
        "X-Logout=sets nothing, true",
        "Set-Cookie=kept=2; HttpOnly, false",
        "Set-Cookie=kept=; Max-Age=0, false"
    })
    void brings_back_a_page_that_is_not_to_be_stored_as_it_was_left_unless_its_cookie_has_changed(
            String logout, boolean asItWasLeft) {
        open(site, "Set-Cookie=kept=1; HttpOnly");
        String query = query();
        browser.script("""
                window.mark = 'as it was left';
                const link = document.createElement('a');
                link.href = arguments[0];
                link.text = 'Log out';
                document.body.append(link);""", address(site, logout).toString());
        browser.click("a");
        browser.eventually(() -> assertThat(query()).isNotEqualTo(query));

        browser.back();

        browser.eventually(() -> assertThat(query()).isEqualTo(query));
        assertThat(browser.script("return window.mark === 'as it was left'")).isEqualTo(asItWasLeft);
    }

    private static String query() {
        return (String) browser.script("return location.search");
    }
}
