package logout.trust.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A request as text, each character of which is one byte: to be changed in one place or another.
 *
 * @param line the request line
 * @param headers the header lines
 * @param body what follows them
 */
record RequestText(String line, List<String> headers, String body) {

    static RequestText of(String method, String target, String host, String cookie) {
        return new RequestText(method + " " + target + " HTTP/1.1", List.of("Host: " + host, "Cookie: " + cookie), "");
    }

    RequestText method(String method) {
        return new RequestText(method + line.substring(line.indexOf(' ')), headers, body);
    }

    /** Changes the target of the request line. */
    RequestText target(UnaryOperator<String> change) {
        String[] parts = line.split(" ");
        return new RequestText(parts[0] + " " + change.apply(parts[1]) + " " + parts[2], headers, body);
    }

    RequestText version(String version) {
        return new RequestText(line.replace("HTTP/1.1", version), headers, body);
    }

    /** Adds a header line at the end. */
    RequestText with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new RequestText(line, more, body);
    }

    /** Adds a header line at the beginning. */
    RequestText withFirst(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(0, header);
        return new RequestText(line, more, body);
    }

    RequestText without(String name) {
        return new RequestText(
                line,
                headers.stream()
                        .filter(header -> !header.startsWith(name + ":"))
                        .toList(),
                body);
    }

    RequestText body(String text) {
        return new RequestText(line, headers, text);
    }

    /** Adds a body of the length that is announced. */
    RequestText form(String text) {
        return with("Content-Type: application/x-www-form-urlencoded")
                .with("Content-Length: " + text.length())
                .body(text);
    }

    /** Changes the value of the cookie header. */
    RequestText cookie(UnaryOperator<String> change) {
        return new RequestText(
                line,
                headers.stream()
                        .map(header ->
                                header.startsWith("Cookie: ") ? "Cookie: " + change.apply(header.substring(8)) : header)
                        .toList(),
                body);
    }

    @Override
    public String toString() {
        return line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n" + body;
    }
}
