package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A site may let its own name point to this machine (DNS rebinding). The app does not answer to that name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignHostTest {

    @AutoClose
    private final Bystander bystander = new Bystander();

    private final int port = bystander.app().port();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "localhost",
                "127.0.0.1",
                "localhost:1",
                "localhost.evil.example:PORT",
                "evil.example.localhost:PORT",
                "127.0.0.2:PORT",
                "0.0.0.0:PORT",
                "",
            })
    void another_name_or_port_is_refused(String host) {
        for (String method : new String[] {"GET", "POST"}) {
            RawReply reply = bystander
                    .raw(method, method.equals("GET") ? "/api/me" : "/api/logout")
                    .host(host.replace("PORT", String.valueOf(port)))
                    .send();

            bystander.assertRefused(
                    reply,
                    421,
                    "This app answers only as http://localhost:" + port + "/."
                            + " If you forward a port to it, forward one with the same number.");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /", "GET, /profile", "POST, /logout", "GET, /unknown", "GET, /assets/page.css"})
    void no_page_answers_to_another_name(String method, String address) {
        RawReply reply =
                bystander.raw(method, address).host("evil.example:" + port).send();

        bystander.assertRefused(reply, 421);
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "[::1]"})
    void the_names_of_this_machine_pass(String name) {
        RawReply reply = bystander.raw("GET", "/api/me").host(name + ":" + port).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"user\":\"ada\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "X-Original-Host"})
    void a_header_for_proxies_changes_nothing(String header) {
        RawReply reply = bystander
                .raw("GET", "/api/me")
                .header(header, "host=evil.example")
                .send();

        assertThat(reply.status()).isEqualTo(200);
    }
}
