package logout.sidebyside.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the docs say about browsers, where no stage does it. */
@DisplayName("A browser")
class BrowserRulesTest {

    @RegisterExtension
    static final RealBrowser browser = new RealBrowser();

    @RegisterExtension
    final Site site = new Site();

    @RegisterExtension
    final Site anotherPort = new Site();

    private static void open(String host, Site site, String header) {
        browser.open(site.at(host, header));
    }

    /** The host that sets a cookie, and the one that sends the header, on another port. */
    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, true",
        "mail.app.localhost, shop.app.localhost, true",
        "mail.app.localhost, shop.else.localhost, false"
    })
    void drops_the_cookies_of_the_whole_registrable_domain_for_clear_site_data(
            String host, String other, boolean dropped) {
        open(host, site, "Set-Cookie=kept=1; HttpOnly");
        open(other, anotherPort, "Set-Cookie=last=1");
        assertThat(browser.valueAnywhere("kept")).isEqualTo("1");

        open(other, anotherPort, "Clear-Site-Data=\"cookies\"");

        browser.eventually(() -> {
            assertThat(browser.valueAnywhere("last")).isNull();
            assertThat(browser.valueAnywhere("kept")).isEqualTo(dropped ? null : "1");
        });
    }

    /** How a cookie was set, a deletion that misses it, and one that does not. */
    @ParameterizedTest
    @CsvSource({
        "__Host-kept=1; Secure; Path=/, Path=/, Secure; Path=/",
        "__Host-kept=1; Secure; Path=/, Secure; Path=/else, Secure; Path=/",
        "__Host-kept=1; Secure; Path=/, Secure, Secure; Path=/",
        "__Secure-kept=1; Secure; Path=/, Path=/, Secure; Path=/",
        "kept=1; Secure; Path=/, Path=/else, Path=/",
        "kept=1; Secure; Path=/, SameSite=None; Path=/, Path=/",
        "kept=1; Path=/, Domain=app.localhost; Path=/, Path=/",
        "kept=1; Domain=app.localhost; Path=/, Path=/, Domain=app.localhost; Path=/",
        "kept=1; Secure; Partitioned; Path=/, Secure; Path=/, Secure; Partitioned; Path=/"
    })
    void forgets_a_cookie_only_by_a_deletion_that_names_the_same_one_and_is_allowed(
            String set, String misses, String hits) {
        String name = set.substring(0, set.indexOf('='));
        open("app.localhost", site, "Set-Cookie=" + set);
        open("app.localhost", site, "Set-Cookie=" + name + "=; Max-Age=0; " + misses);
        assertThat(browser.valueAnywhere(name)).isEqualTo("1");

        open("app.localhost", site, "Set-Cookie=" + name + "=; Max-Age=0; " + hits);
        assertThat(browser.valueAnywhere(name)).isNull();
    }

    /** To Chromium, http on this machine is as safe as https. */
    @ParameterizedTest
    @CsvSource({
        "localhost, '', true",
        Chromium.FOREIGN_HOST + ", '', false",
        Chromium.FOREIGN_HOST + ", ; Secure, false"
    })
    void lets_no_reply_over_http_delete_a_secure_cookie(String host, String attribute, boolean isSafe) {
        browser.command(
                "Network.setCookie",
                Map.of("name", "kept", "value", "1", "url", "https://" + host + "/", "secure", true));
        assertThat(browser.valueAnywhere("kept")).isEqualTo("1");

        open(host, site, "Set-Cookie=kept=; Max-Age=0; Path=/" + attribute);

        assertThat(browser.valueAnywhere("kept")).isEqualTo(isSafe ? null : "1");
    }

    /** What a page of another site sends, how its reply sets the cookie, and what the browser holds then. */
    @ParameterizedTest
    @CsvSource({"form, SameSite=Lax, 2", "fetch, SameSite=Lax, 1", "fetch, SameSite=None; Secure, 2"})
    void takes_a_same_site_cookie_from_a_cross_site_reply_only_if_it_opens_that_reply_as_a_page(
            String sender, String attributes, String held) {
        open("localhost", site, "Set-Cookie=kept=1; " + attributes);
        assertThat(browser.valueAnywhere("kept")).isEqualTo("1");
        open(Chromium.FOREIGN_HOST, anotherPort, "X-Logout=sets nothing");

        browser.asyncScript(
                """
                const [sender, address, done] = arguments;
                const form = Object.assign(document.createElement('form'), { method: 'post', action: address });
                document.body.append(form);
                if (sender === 'form') done(form.submit());
                else fetch(address, { method: 'POST', mode: 'no-cors', credentials: 'include' }).finally(done);""",
                sender,
                site.at("localhost", "Set-Cookie=kept=2; " + attributes).toString());

        browser.eventually(() -> assertThat(browser.valueAnywhere("kept")).isEqualTo(held));
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
        open("localhost", site, "Set-Cookie=kept=1; HttpOnly");
        String query = query();
        browser.script("""
                window.mark = 'as it was left';
                const link = document.createElement('a');
                link.href = arguments[0];
                link.text = 'Log out';
                document.body.append(link);""", site.at("localhost", logout).toString());
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
