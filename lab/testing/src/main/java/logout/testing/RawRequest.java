package logout.testing;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import logout.experiment.Call;

/**
 * A request as text, each character of which is one byte: for what no HTTP client would send.
 *
 * @param line the request line
 * @param headers the header lines
 * @param body what follows them
 */
public record RawRequest(String line, List<String> headers, String body) {

    /** A request without headers and without a body. */
    public static RawRequest of(String method, String target) {
        return new RawRequest(method + " " + target + " HTTP/1.1", List.of(), "");
    }

    /** What a page sends. */
    public static RawRequest of(Call call) {
        RawRequest request = of(call.method(), call.path());
        return call.contentType() == null ? request : request.body(call.contentType(), call.body());
    }

    /** Names the host that is asked. */
    public RawRequest host(String host) {
        return withHeaders(Stream.concat(Stream.of("Host: " + host), headers.stream()));
    }

    /** Sends this {@code Cookie} header along; null for none. */
    public RawRequest cookies(String cookies) {
        return cookies == null ? this : with("Cookie: " + cookies);
    }

    public RawRequest method(String method) {
        return new RawRequest(method + line.substring(line.indexOf(' ')), headers, body);
    }

    /** Changes the target of the request line. */
    public RawRequest target(UnaryOperator<String> change) {
        String[] parts = line.split(" ");
        return new RawRequest(parts[0] + " " + change.apply(parts[1]) + " " + parts[2], headers, body);
    }

    public RawRequest version(String version) {
        return new RawRequest(line.replace("HTTP/1.1", version), headers, body);
    }

    /** Adds a header line at the end. */
    public RawRequest with(String header) {
        return withHeaders(Stream.concat(headers.stream(), Stream.of(header)));
    }

    public RawRequest without(String name) {
        return withHeaders(headers.stream().filter(header -> !header.startsWith(name + ":")));
    }

    private RawRequest withHeaders(Stream<String> lines) {
        return new RawRequest(line, lines.toList(), body);
    }

    public RawRequest body(String text) {
        return new RawRequest(line, headers, text);
    }

    /** Adds a body that is said to be chunks. */
    public RawRequest chunks(String text) {
        return with("Transfer-Encoding: chunked").body(text);
    }

    /** Adds a body as one chunk. */
    public RawRequest chunk(String text) {
        return chunks(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n");
    }

    /** Adds a body of the length that is announced. */
    public RawRequest form(String text) {
        return body("application/x-www-form-urlencoded", text);
    }

    /** Adds a body of the length that is announced. */
    public RawRequest json(String text) {
        return body("application/json", text);
    }

    /** Adds a body of the length that is announced. */
    public RawRequest body(String type, String text) {
        return with("Content-Type: " + type)
                .with("Content-Length: " + text.length())
                .body(text);
    }

    /** Changes the value of the cookie header. */
    public RawRequest cookie(UnaryOperator<String> change) {
        return withHeaders(headers.stream()
                .map(header ->
                        header.startsWith("Cookie: ") ? "Cookie: " + change.apply(header.substring(8)) : header));
    }

    /** All but the body, with the empty line. */
    public String head() {
        return line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    @Override
    public String toString() {
        return head() + body;
    }
}
