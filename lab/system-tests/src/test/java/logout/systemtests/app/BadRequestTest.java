package logout.systemtests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import logout.systemtests.Bystander;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A head, a cookie or a body that makes no sense is refused with one sentence, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTest {

    private static final int LIMIT = 64 * 1024;
    private static final String AS_JSON = "Content-Type: application/json";

    @AutoClose
    private final Bystander bystander = new Bystander(TestStage.STAGE);

    @Test
    void headers_that_are_too_long_as_with_the_cookies_of_too_many_programs() {
        RawReply reply = bystander.send(withCookiesOfOtherPrograms("/api/me", 33_000));

        assertRefusedByJetty(reply, 431);
        assertThat(reply.body())
                .isEqualTo("The headers of this request are longer than 32 kB."
                        + " Most of that are cookies: delete those of localhost in the browser, and try again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me", "/profile", "/assets/page.css"})
    void headers_of_which_the_cookies_of_many_programs_are_a_part_are_not_too_long(String address) {
        assertThat(bystander.send(withCookiesOfOtherPrograms(address, 31_000)).status())
                .isEqualTo(200);
        bystander.assertUnchanged();
    }

    /** With cookies of other programs on localhost, so many characters in all. */
    private RawRequest withCookiesOfOtherPrograms(String address, int length) {
        return bystander
                .request("GET", address)
                .with("Cookie: " + "token=abcdefghijklmnopqrstuvwxyz; ".repeat(length / 34) + "x=y");
    }

    @Test
    void an_address_that_is_too_long() {
        assertRefusedByJetty(bystander.send("GET", "/" + "a".repeat(40_000)), 414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1",
                "Content-Length: many",
                "Content-Length: -0",
                "Content-Length: +0",
                "Content-Length: 0x0",
                "Content-Length: 0, 5",
                "Content-Length: 99999999999999999999",
                "Content-Length : 0",
                "Transfer-Encoding: invented",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: chunked, identity",
                "Bad Name: x",
                ": x",
                "No colon",
                "Cookie\t: x",
                "\0: x",
                "X: a\0b",
                "(comment): x",
                "Expect: something",
            })
    void a_header_that_makes_no_sense(String line) {
        RawReply reply = bystander.send(bystander.request("POST", "/api/logout").with(line));
        assertRefusedByJetty(reply, line.startsWith("Expect") ? 417 : 400);
    }

    @Test
    void no_host() {
        assertRefusedByJetty(
                bystander.send(bystander.request("POST", "/api/logout").without("Host")), 400);
    }

    /** Before a route or a guard sees it. */
    private void assertRefusedByJetty(RawReply reply, int status) {
        bystander.assertRefused(reply, status);
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.headers("Server")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "",
                ".",
                "..",
                "a.b.c",
                "\"quoted\"",
                "\"",
                "'; DROP TABLE stage_09_sessions; --",
                "%00",
                "../../etc/passwd",
                "a b",
                "a=b",
                "\u00e9",
                "\u00ff\u00fe",
            })
    void a_garbage_cookie_is_no_session(String value) {
        bystander.assertRefused(bystander.send(bystander.request("GET", "/api/me", value)), 401, 400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            The body is not well-formed JSON. | {malformed
            The body is not well-formed JSON. | {'note':'x'}
            The body is not well-formed JSON. | {"note":"x",}
            The body is not well-formed JSON. | {"note":"x"} trailing
            The body is not well-formed JSON. | /* a comment */ {"note":"x"}
            The body is not well-formed JSON. | `{"note":"two\nlines"}`
            The body is not well-formed JSON. | {"note":"\\x"}
            The body is not well-formed JSON. | {"note"="x"}
            The body is not well-formed JSON. | {"note":NaN}
            The body is not well-formed JSON. | {"note":TRUE}
            The body is not a JSON object.    | []
            The body is not a JSON object.    | "x"
            The body is not a JSON object.    | null
            The body is not a JSON object.    | ``
            The field "note" is missing.      | {}
            The field "note" is missing.      | {"note":1}
            The field "note" is missing.      | {"note":null}
            The field "note" is missing.      | {"note":{"note":"x"}}
            The field "note" is missing.      | {"Note":"x"}
            """)
    void json_that_is_malformed_or_says_something_else(String sentence, String body) {
        bystander.assertRefused(putNote(body), 400, sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {"{\"note\":|[|32000", "''|[|65000", "''|{\"a\":|13000", "{\"note\":|{\"a\":|12000"})
    void json_nested_deeply(String start, String level, int times) {
        bystander.assertRefused(putNote(start + level.repeat(times)), 400, "The body is not well-formed JSON.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "note=%zz",
                "note=%",
                "note=%4",
                "%zz=x&note=y",
                "note=x&other=%",
                "note=%ff",
                "note=%e9",
                "note=%c0%80",
                "note=%e2%82",
                "",
                "note",
                "other=x",
                "&&&",
                "=x",
                "NOTE=x",
            })
    void a_form_that_is_malformed_or_is_not_utf_8_or_lacks_the_field(String body) {
        bystander.assertRefused(postNote(body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "\u00e9", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e2\u0082"})
    void bytes_that_are_not_utf_8(String bytes) {
        bystander.assertRefused(putNote("{\"note\":\"" + bytes + "\"}"), 400);
        bystander.assertRefused(postNote("note=" + bytes), 400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            PUT  | /api/note  |
            PUT  | /api/note  | text/plain
            PUT  | /api/note  | application/xml
            PUT  | /api/note  | multipart/form-data
            PUT  | /api/note  | application/x-www-form-urlencoded
            POST | /note      |
            POST | /note      | text/plain
            POST | /note      | multipart/form-data; boundary=x
            POST | /note      | application/json
            POST | /api/login |
            POST | /api/login | text/plain
            POST | /api/login | multipart/form-data; boundary=x
            """)
    void a_body_of_another_content_type(String method, String address, String type) {
        String body = method.equals("PUT") ? "{\"note\":\"x\"}" : "note=x&username=grace&password=nanoseconds";
        RawRequest request = bystander.request(method, address);

        RawReply reply = bystander.send(
                type == null ? request.with("Content-Length: " + body.length()).body(body) : request.body(type, body));

        bystander.assertRefused(reply, 415);
        if (method.equals("PUT")) {
            assertThat(reply.body()).contains("Send the body as application/json.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"username\":\"grace\"}",
                "{\"username\":1,\"password\":\"nanoseconds\"}",
                "{\"username\":\"grace\",\"password\":[\"nanoseconds\"]}",
            })
    void a_login_without_a_name_and_a_password(String body) {
        bystander.assertRefused(
                bystander.send(bystander.request("POST", "/api/login").json(body)), 400);
    }

    @Test
    void a_body_that_is_too_long_or_announced_as_such_also_for_a_route_that_wants_none() {
        String tooLong = "{\"note\":\"x\"}" + " ".repeat(LIMIT);
        RawRequest put = bystander.request("PUT", "/api/note").with(AS_JSON);
        Stream.of(
                        // Jetty waits for the first byte of a body unless the client itself asks whether to send it.
                        put.with("Content-Length: " + (LIMIT + 1)).with("Expect: 100-continue"),
                        put.chunk(tooLong),
                        bystander.request("POST", "/api/logout").with(AS_JSON).chunk(tooLong))
                .forEach(request -> bystander.assertRefused(
                        bystander.send(request), 413, "The request's body is longer than 64 kB."));
    }

    @Test
    void a_body_that_breaks_off_or_a_chunk_that_is_not_what_it_says_also_for_a_route_that_wants_none() {
        List<String> chunks =
                List.of("", "x\r\n", "-1\r\n\r\n", "ffffffffffffffff\r\n", "1\r\nab\r\n0\r\n\r\n", "5\r\nab\r\n");
        for (RawRequest request :
                List.of(bystander.request("PUT", "/api/note"), bystander.request("POST", "/api/logout"))) {
            RawRequest json = request.with(AS_JSON);
            Stream.concat(
                            Stream.of(json.with("Content-Length: 100")),
                            chunks.stream().map(json::chunks))
                    .forEach(bad -> bystander.assertRefused(
                            bystander.send(bad), 400, "The request's body is malformed, or does not come to its end."));
        }
    }

    private RawReply putNote(String body) {
        return bystander.send(bystander.request("PUT", "/api/note").json(body));
    }

    private RawReply postNote(String body) {
        return bystander.send(bystander.request("POST", "/note").form(body));
    }
}
