package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logout.experiment.Call;
import logout.experiment.PageProtocol;
import logout.systemtests.Bystander;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What another site makes a browser send, cookie and all, changes nothing. It may also let its own name point to this
 * machine (DNS rebinding): the app does not answer to that name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignSiteTest {

    @AutoClose
    private final Bystander bystander = new Bystander(TestStage.STAGE);

    private final int port = bystander.stage().address().getPort();

    /** The requests that would change something. */
    static final List<Call> CHANGES = List.of(
            PageProtocol.CLASSIC.logIn("grace", "nanoseconds"),
            PageProtocol.CLASSIC.keepNote("foreign"),
            PageProtocol.CLASSIC.logOut("POST"),
            PageProtocol.SINGLE_PAGE.logIn("grace", "nanoseconds"),
            PageProtocol.SINGLE_PAGE.keepNote("foreign"),
            PageProtocol.SINGLE_PAGE.logOut("POST"));

    @ParameterizedTest
    @FieldSource("CHANGES")
    void a_foreign_origin_is_refused(Call change) {
        List<String> origins = List.of(
                "http://evil.example",
                "http://evil.example:" + port,
                "null",
                "",
                "http://localhost",
                "http://localhost:" + (port - 1),
                "https://localhost:" + port,
                "http://127.0.0.1:" + port,
                "http://localhost:" + port + ".evil.example",
                "http://localhost:" + port + "/");
        for (String origin : origins) {
            assertForbidden(request(change).with("Origin: " + origin));
        }
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void another_site_or_another_port_is_refused(Call change) {
        assertForbidden(request(change).with("Sec-Fetch-Site: cross-site"));
        assertForbidden(request(change).with("Sec-Fetch-Site: same-site"));
        assertForbidden(request(change).with("Origin: http://localhost:" + port).with("Sec-Fetch-Site: cross-site"));
    }

    private RawRequest request(Call call) {
        return bystander.request(RawRequest.of(call));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, same-origin",
        "127.0.0.1, same-origin",
        "[::1], same-origin",
        "localhost, none",
    })
    void the_app_s_own_pages_pass(String name, String site) {
        RawRequest request = request(PageProtocol.SINGLE_PAGE.keepNote(name)).without("Host");

        RawReply reply = bystander.send(request.host(name + ":" + port)
                .with("Origin: http://" + name + ":" + port)
                .with("Sec-Fetch-Site: " + site));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(bystander.stage().rows().get(0).note()).isEqualTo(name);
    }

    @Test
    void the_refusal_names_both_origin_and_host_as_behind_a_proxy_that_rewrites_one_of_them() {
        String origin = "https://friendly-space-8080.example";

        RawReply reply = assertForbidden(bystander
                .request("POST", "/api/logout")
                .with("Origin: " + origin)
                .with("Sec-Fetch-Site: same-origin"));

        assertThat(reply.body()).contains("Origin is " + origin + ",", "Host is localhost:" + port + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://<script>", "http://a\tb", "http://\u00e9.example", "http://a\"b\\", "http://LONG"})
    void what_is_no_name_of_a_site_is_not_repeated(String origin) {
        RawReply reply = assertForbidden(
                bystander.request("POST", "/logout").with("Origin: " + origin.replace("LONG", "a".repeat(81))));

        assertThat(reply.body()).isEqualTo("Requests from another site are refused.");
    }

    @Test
    void a_body_that_is_too_long_is_refused_for_its_site_first() {
        RawRequest tooLong = bystander.request("POST", "/note").form("note=" + "x".repeat(100_000));

        bystander.assertRefused(bystander.send(tooLong), 413);
        assertForbidden(tooLong.with("Origin: http://evil.example"));
    }

    private RawReply assertForbidden(RawRequest request) {
        RawReply reply = bystander.send(request);
        bystander.assertRefused(reply, 403);
        assertThat(reply.body()).contains("Requests from another site are refused.");
        return reply;
    }

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
        for (Call call : List.of(
                Call.of("GET", "/"),
                Call.of("GET", "/profile"),
                Call.of("GET", "/api/me"),
                Call.of("GET", "/unknown"),
                Call.of("GET", "/assets/page.css"),
                Call.of("POST", "/logout"),
                Call.of("POST", "/api/logout"))) {
            RawReply reply =
                    bystander.send(request(call).without("Host").host(host.replace("PORT", String.valueOf(port))));

            bystander.assertRefused(reply, 421);
            assertThat(reply.body())
                    .contains("This app answers only as http://localhost:" + port + "/."
                            + " If you forward a port to it, forward one with the same number.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "[::1]"})
    void the_names_of_this_machine_pass(String name) {
        assertAnswered(bystander.request("GET", "/api/me").without("Host").host(name + ":" + port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: host=evil.example",
                "X-Forwarded-Server: host=evil.example",
                "Forwarded: host=evil.example",
                "X-Original-Host: host=evil.example",
                "Sec-Fetch-Site: cross-site",
            })
    void a_header_for_proxies_changes_nothing_and_a_link_on_another_site_may_be_followed(String line) {
        assertAnswered(bystander.request("GET", "/api/me").with(line));
    }

    private void assertAnswered(RawRequest request) {
        RawReply reply = bystander.send(request);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"user\":\"ada\"}");
    }
}
