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
        browser.open(address("localhost", server, header));
    }

    private static URI address(String host, HttpServer server, String header) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + "/?"
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
    @CsvSource({
        "localhost, __Host-kept, Secure; Path=/, Path=/",
        "localhost, __Host-kept, Secure; Path=/, Secure; Path=/else",
        "localhost, __Host-kept, Secure; Path=/, Secure",
        "localhost, kept, Secure; SameSite=None; Partitioned, Secure; SameSite=None",
        Chromium.FOREIGN_HOST + ", kept, Domain=" + Chromium.FOREIGN_HOST + ", Path=/"
    })
    void ignores_a_deletion_that_lacks_what_the_cookie_was_set_with(
            String host, String name, String attributes, String others) {
        browser.open(address(host, site, "Set-Cookie=" + name + "=1; " + attributes));
        assertThat(browser.valueAnywhere(name)).isEqualTo("1");

        browser.open(address(host, site, "Set-Cookie=" + name + "=; Max-Age=0; " + others));
        assertThat(browser.valueAnywhere(name)).isEqualTo("1");

        browser.open(address(host, site, "Set-Cookie=" + name + "=; Max-Age=0; " + attributes));
        assertThat(browser.valueAnywhere(name)).isNull();
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
                document.body.append(link);""", address("localhost", site, logout).toString());
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
