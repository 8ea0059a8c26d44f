package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What another site makes a browser send, cookie and all, changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignSiteTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @AutoClose
    private final Bystander bystander = new Bystander();

    /** A request that would change something. */
    record Change(String method, String address, String type, String body) {}

    static final List<Change> CHANGES = List.of(
            new Change("POST", "/login", FORM, "username=grace&password=nanoseconds"),
            new Change("POST", "/note", FORM, "note=foreign"),
            new Change("POST", "/logout", FORM, ""),
            new Change("POST", "/api/login", FORM, "username=grace&password=nanoseconds"),
            new Change("PUT", "/api/note", "application/json", "{\"note\":\"foreign\"}"),
            new Change("POST", "/api/logout", FORM, ""));

    @ParameterizedTest
    @FieldSource("CHANGES")
    void a_foreign_origin_is_refused(Change change) {
        int port = bystander.app().port();
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
            assertForbidden(send(change, "Origin", origin));
        }
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void another_site_or_another_port_is_refused(Change change) {
        assertForbidden(send(change, "Sec-Fetch-Site", "cross-site"));
        assertForbidden(send(change, "Sec-Fetch-Site", "same-site"));
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void the_own_origin_does_not_excuse_another_site(Change change) {
        RawReply reply = bystander
                .raw(change.method(), change.address())
                .header("Origin", "http://localhost:" + bystander.app().port())
                .header("Sec-Fetch-Site", "cross-site")
                .send(change.type(), change.body());

        assertForbidden(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void the_app_s_own_pages_pass(String site) {
        try (RunningApp app = RunningApp.start()) {
            String cookie = app.logIn("ada");
            for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
                RawReply reply = app.raw("PUT", "/api/note")
                        .cookie(cookie)
                        .host(host + ":" + app.port())
                        .header("Origin", "http://" + host + ":" + app.port())
                        .header("Sec-Fetch-Site", site)
                        .send("application/json", "{\"note\":\"" + host + "\"}");

                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                assertThat(app.onlyRow().note()).isEqualTo(host);
            }
        }
    }

    @Test
    void the_refusal_names_both_origin_and_host_as_behind_a_proxy_that_rewrites_one_of_them() {
        int port = bystander.app().port();
        String origin = "https://friendly-space-8080.example";

        RawReply reply = bystander
                .raw("POST", "/api/logout")
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "same-origin")
                .send();

        assertForbidden(reply);
        assertThat(reply.body()).contains("Origin is " + origin + ",", "Host is localhost:" + port + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://<script>", "http://a\tb", "http://\u00e9.example", "http://a\"b\\", "http://LONG"})
    void what_is_no_name_of_a_site_is_not_repeated(String origin) {
        RawReply reply = bystander
                .raw("POST", "/logout")
                .header("Origin", origin.replace("LONG", "a".repeat(5_000)))
                .send();

        assertForbidden(reply);
        assertThat(reply.body()).isEqualTo("Requests from another site are refused.");
    }

    @Test
    void a_body_that_is_too_long_is_refused_for_its_site_first() {
        String body = "note=" + "x".repeat(100_000);

        bystander.assertRefused(bystander.raw("POST", "/note").send(FORM, body), 413);
        assertForbidden(send(new Change("POST", "/note", FORM, body), "Origin", "http://evil.example"));
    }

    @Test
    void a_link_on_another_site_may_be_followed() {
        RawReply reply = bystander
                .raw("GET", "/profile")
                .header("Sec-Fetch-Site", "cross-site")
                .send();

        assertThat(reply.status()).isEqualTo(200);
    }

    private RawReply send(Change change, String header, String value) {
        return bystander
                .raw(change.method(), change.address())
                .header(header, value)
                .send(change.type(), change.body());
    }

    private void assertForbidden(RawReply reply) {
        bystander.assertRefused(reply, 403);
        assertThat(reply.body()).contains("Requests from another site are refused.");
    }
}
