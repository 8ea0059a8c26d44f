package logout.systemtests.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Stream;
import logout.testing.RawReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that makes no sense is refused with one sentence, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadBodyTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int LIMIT = 64 * 1024;

    @AutoClose
    private final Bystander bystander = new Bystander();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{malformed",
                "{\"note\":\"x\"",
                "{'note':'x'}",
                "{note:\"x\"}",
                "{\"note\":\"x\",}",
                "{\"note\":\"x\"} trailing",
                "{\"note\":\"x\"}{}",
                "/* a comment */ {\"note\":\"x\"}",
                "{\"note\":\"x\"} // a comment",
                "{\"note\":\"two\nlines\"}",
                "{\"note\":\"\\x\"}",
                "{\"note\"=\"x\"}",
                "{\"note\":NaN}",
                "{\"note\":TRUE}",
            })
    void malformed_or_lenient_json(String body) {
        bystander.assertRefused(putNote(body), 400, "The body is not well-formed JSON.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"note\":\"x\"}]", "\"x\"", "42", "true", "null", "", "  "})
    void json_that_is_not_an_object(String body) {
        bystander.assertRefused(putNote(body), 400, "The body is not a JSON object.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"note\":1}",
                "{\"note\":true}",
                "{\"note\":null}",
                "{\"note\":[\"x\"]}",
                "{\"note\":{\"note\":\"x\"}}",
                "{\"Note\":\"x\"}",
            })
    void json_without_a_text_in_the_field(String body) {
        bystander.assertRefused(putNote(body), 400, "The field \"note\" is missing.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"note\":|[|32000", "|[|65000", "|{\"a\":|13000", "{\"note\":|{\"a\":|12000"})
    void json_nested_deeply(String start, String level, int times) {
        String body = (start == null ? "" : start) + level.repeat(times);

        bystander.assertRefused(putNote(body), 400, "The body is not well-formed JSON.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"note=%zz", "note=%", "note=%4", "%zz=x&note=y", "note=x&other=%"})
    void a_malformed_form(String body) {
        bystander.assertRefused(bystander.raw("POST", "/note").send(FORM, body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "note", "other=x", "&&&", "=x", "NOTE=x"})
    void a_form_without_the_field(String body) {
        bystander.assertRefused(bystander.raw("POST", "/note").send(FORM, body), 400);
    }

    static Stream<Arguments> textThatIsNotUtf8() {
        return Stream.of("\u00ff", "\u00e9", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e2\u0082")
                .flatMap(bytes -> Stream.of(
                        Arguments.of("PUT", "/api/note", JSON, "{\"note\":\"" + bytes + "\"}"),
                        Arguments.of("POST", "/note", FORM, "note=" + bytes)));
    }

    @ParameterizedTest
    @MethodSource("textThatIsNotUtf8")
    void bytes_that_are_not_utf_8(String method, String address, String type, String body) {
        bystander.assertRefused(bystander.raw(method, address).send(type, body.getBytes(ISO_8859_1)), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"note=%ff", "note=%e9", "note=%c0%80", "note=%e2%82"})
    void a_form_whose_escapes_are_not_utf_8(String body) {
        bystander.assertRefused(bystander.raw("POST", "/note").send(FORM, body), 400);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "text/plain", "application/xml", "application/jsonp", "json", "multipart/form-data", FORM})
    void a_content_type_that_is_not_json(String type) {
        bystander.assertRefused(
                send("PUT", "/api/note", type, "{\"note\":\"x\"}"), 415, "Send the body as " + JSON + ".");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "text/plain", "multipart/form-data; boundary=x", JSON})
    void a_content_type_that_is_not_a_form(String type) {
        bystander.assertRefused(send("POST", "/note", type, "note=x"), 415);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"text/plain", "multipart/form-data; boundary=x"})
    void a_login_of_another_content_type(String type) {
        bystander.assertRefused(send("POST", "/api/login", type, "username=grace&password=nanoseconds"), 415);
        bystander.assertRefused(send("POST", "/login", type, "username=grace&password=nanoseconds"), 415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"username\":\"grace\"}",
                "{\"password\":\"nanoseconds\"}",
                "{\"username\":1,\"password\":\"nanoseconds\"}",
                "{\"username\":\"grace\",\"password\":[\"nanoseconds\"]}",
                "{\"username\":null,\"password\":null}",
            })
    void a_login_without_a_name_and_a_password(String body) {
        bystander.assertRefused(bystander.raw("POST", "/api/login").send(JSON, body), 400);
    }

    @Test
    void a_body_that_is_announced_as_too_long_is_not_even_read() {
        RawReply reply = bystander
                .raw("PUT", "/api/note")
                .header("Content-Type", JSON)
                .header("Content-Length", String.valueOf(LIMIT + 1))
                // Jetty waits for the first byte of a body unless the client itself asks whether to send it.
                .header("Expect", "100-continue")
                .send();

        bystander.assertRefused(reply, 413, "The request's body is longer than 64 kB.");
    }

    @Test
    void a_body_that_turns_out_too_long() {
        RawReply reply = bystander.raw("PUT", "/api/note").sendChunked(JSON, paddedNote(LIMIT + 1));

        bystander.assertRefused(reply, 413, "The request's body is longer than 64 kB.");
    }

    @Test
    void a_body_too_long_for_a_route_that_wants_none() {
        RawReply reply = bystander.raw("POST", "/api/logout").sendChunked(JSON, paddedNote(LIMIT + 1));

        bystander.assertRefused(reply, 413, "The request's body is longer than 64 kB.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "-1\r\n\r\n", "ffffffffffffffff\r\n", "1\r\nab\r\n0\r\n\r\n", "5\r\nab\r\n"})
    void a_chunk_that_is_not_what_it_says(String chunks) {
        RawReply reply = bystander.raw("PUT", "/api/note").sendInChunks(JSON, chunks);

        bystander.assertRefused(reply, 400, "The request's body is malformed, or does not come to its end.");
    }

    @Test
    void a_body_that_breaks_off() {
        RawReply reply = bystander
                .raw("PUT", "/api/note")
                .header("Content-Type", JSON)
                .header("Content-Length", "100")
                .send();

        bystander.assertRefused(reply, 400, "The request's body is malformed, or does not come to its end.");
    }

    private RawReply putNote(String body) {
        return bystander.raw("PUT", "/api/note").send(JSON, body);
    }

    private RawReply send(String method, String address, String type, String body) {
        RawCall request = bystander.raw(method, address);
        if (type != null) {
            return request.send(type, body);
        }
        return request.sendWithoutType(body.getBytes(UTF_8));
    }

    /** A good note, followed by blanks up to this many bytes. */
    private static byte[] paddedNote(int length) {
        String note = "{\"note\":\"x\"}";
        return (note + " ".repeat(length - note.length())).getBytes(UTF_8);
    }
}
