package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that Jetty itself refuses, before a route or a guard sees them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestTest {

    @AutoClose
    private final Bystander bystander = new Bystander();

    @Test
    void headers_that_are_too_long_as_with_the_cookies_of_too_many_programs() {
        RawReply reply = bystander
                .raw("GET", "/api/me")
                .header("Cookie", cookiesOfOtherPrograms(33_000))
                .send();

        assertRefusedByJetty(reply, 431);
        assertThat(reply.body())
                .isEqualTo("The headers of this request are longer than 32 kB."
                        + " Most of that are cookies: delete those of localhost in the browser, and try again.");
    }

    @Test
    void headers_of_which_the_cookies_of_many_programs_are_a_part_are_not_too_long() {
        for (String address : List.of("/api/me", "/profile", "/assets/page.css")) {
            RawReply reply = bystander
                    .raw("GET", address)
                    .header("Cookie", cookiesOfOtherPrograms(31_000))
                    .send();

            assertThat(reply.status()).as(address).isEqualTo(200);
        }
        bystander.assertUnchanged();
    }

    /** Cookies of other programs on localhost, so many characters in all. */
    private static String cookiesOfOtherPrograms(int length) {
        return "token=abcdefghijklmnopqrstuvwxyz; ".repeat(length / 34) + "x=y";
    }

    @Test
    void an_address_that_is_too_long() {
        assertRefusedByJetty(bystander.raw("GET", "/" + "a".repeat(40_000)).send(), 414);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length, -1", "Content-Length, many", "Transfer-Encoding, invented", "Bad Name, x", "'', x"})
    void a_header_that_makes_no_sense(String name, String value) {
        RawReply reply =
                bystander.raw("POST", "/api/logout").header(name, value).send();

        assertRefusedByJetty(reply, 400);
    }

    @Test
    void no_host() {
        assertRefusedByJetty(bystander.raw("POST", "/api/logout").host(null).send(), 400);
    }

    private void assertRefusedByJetty(RawReply reply, int status) {
        bystander.assertRefused(reply, status);
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.headers("Server")).isEmpty();
    }
}
