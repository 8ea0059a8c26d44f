package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logout.systemtests.Bystander;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A route answers to its own address and methods, written in one way only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressAndMethodTest {

    @AutoClose
    private final Bystander bystander = new Bystander(TestStage.STAGE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/unknown",
                "/api",
                "/index.html",
                "/logout.html",
                "/assets/",
                "/assets/unknown.js",
                "/docs/../README.md",
                "/docs/exercises/pom.xml",
                "/WEB-INF/web.xml"
            })
    void an_unknown_address_outside_the_api_is_not_found_in_plain_text(String address) {
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
            RawReply reply = bystander.send(method, address);

            bystander.assertRefused(reply, 404);
            assertThat(reply.body()).isEqualTo("Not Found");
            assertThat(reply.header("Content-Type")).startsWith("text/plain");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/", "/api/unknown", "/api/me/more"})
    void an_unknown_address_of_the_api_is_not_found_in_json(String address) {
        bystander.assertRefused(bystander.send("GET", address), 404, "Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me;jsessionid=%s", "/api/me;stage-09.sid=%s", "/;jsessionid=%s"})
    void an_id_in_the_address_is_no_session(String address) {
        RawReply reply = bystander.send(
                bystander.request("GET", address.formatted(bystander.id())).without("Cookie"));

        bystander.assertRefused(reply, 404, 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /login | POST",
                "GET | /logout | POST",
                "HEAD | /logout | POST",
                "GET | /api/logout | POST",
                "PUT | /api/logout | POST",
                "DELETE | /api/note | GET, HEAD, PUT",
                "POST | /api/note | GET, HEAD, PUT",
                "PATCH | /api/note | GET, HEAD, PUT",
                "POST | / | GET, HEAD",
                "OPTIONS | / | GET, HEAD",
                "OPTIONS | /api/logout | POST",
                "TRACE | / | GET, HEAD",
                "TRACE | /api/logout | POST",
                "INVENTED | /api/logout | POST",
                "BEFORE | /api/logout | POST",
                "post | /api/logout | POST",
                "POST | /assets/page.css | GET, HEAD",
                "POST | /docs/ | GET, HEAD",
            })
    void another_method_is_refused_with_those_that_there_are(String method, String address, String allowed) {
        RawReply reply = bystander.send(method, address);

        assertThat(reply.status()).as(reply.body()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo(allowed);
        if (!method.equals("HEAD")) {
            assertThat(reply.body()).contains("This address takes " + allowed + " only.");
            bystander.assertRefused(reply, 405);
        }
        bystander.assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /logout, POST",
        "GET, /api/logout, POST",
        "POST, /api/logout, POST",
        "POST, /api/note, PUT",
        "GET, /api/me, GET"
    })
    void a_method_in_a_header_is_refused(String method, String address, String override) {
        RawReply reply = bystander.send(bystander.request(method, address).with("X-HTTP-Method-Override: " + override));

        bystander.assertRefused(reply, 400);
        assertThat(reply.body()).contains("X-HTTP-Method-Override is not accepted.");
    }

    /** To ada, who is logged in, and to nobody. */
    @ParameterizedTest
    @CsvSource({
        "/, 200, 200",
        "/profile, 200, 302",
        "/api/me, 200, 401",
        "/api/note, 200, 200",
        "/assets/page.css, 200, 200",
        "/assets/unknown.js, 404, 404",
        "/unknown, 404, 404",
        "/api/unknown, 404, 404",
        "/incomplete, 500, 500",
        "/api/fault, 500, 500",
        "/api/login, 405, 405",
    })
    void head_answers_as_get_does_without_the_body(String address, int status, int statusToNobody) {
        RawRequest get = bystander.request("GET", address);

        assertSameHead(get, status);
        assertSameHead(get.without("Cookie"), statusToNobody);
        bystander.assertUnchanged();
    }

    private void assertSameHead(RawRequest request, int status) {
        RawReply get = bystander.send(request);
        RawReply head = bystander.send(request.method("HEAD"));

        assertThat(get.status()).isEqualTo(status);
        assertThat(get.body().isEmpty()).isEqualTo(status == 302);
        assertThat(head.body()).isEmpty();
        assertThat(head.status()).isEqualTo(status);
        assertThat(lasting(head)).containsExactlyInAnyOrderElementsOf(lasting(get));
    }

    /** The header lines that do not depend on when they are sent or on what was asked before. */
    private static List<String> lasting(RawReply reply) {
        return reply.headers().stream()
                .filter(line -> !line.matches("(Date|ETag): .*"))
                .toList();
    }
}
