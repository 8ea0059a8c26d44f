package logout.app;

import static org.assertj.core.api.Assertions.assertThat;

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
    void a_header_that_is_too_long() {
        RawReply reply = bystander
                .raw("GET", "/api/me")
                .header("X-Long", "a".repeat(20_000))
                .send();

        assertRefusedByJetty(reply, 431);
        assertThat(reply.body()).isEqualTo("Request Header Fields Too Large.");
    }

    @Test
    void an_address_that_is_too_long() {
        assertRefusedByJetty(bystander.raw("GET", "/" + "a".repeat(20_000)).send(), 414);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length, -1", "Content-Length, many", "Transfer-Encoding, invented", "Bad Name, x", "'', x"})
    void a_header_that_makes_no_sense(String name, String value) {
        RawReply reply =
                bystander.raw("POST", "/api/logout").header(name, value).send();

        assertRefusedByJetty(reply, 400);
    }

    @Test
    void two_lengths_at_once() {
        RawReply reply = bystander
                .raw("POST", "/api/logout")
                .header("Content-Length", "5")
                .header("Transfer-Encoding", "chunked")
                .send();

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
