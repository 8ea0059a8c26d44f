package logout.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;

/**
 * A request, to be written on a connection as it is.
 *
 * @param method its method
 * @param path its path
 * @param cookie what its {@code Cookie} header says; null for none
 * @param contentType what its body is; null for none
 * @param body its body, empty for none
 */
public record RawRequest(String method, String path, String cookie, String contentType, String body) {

    /** A request without a body. */
    public static RawRequest of(String method, String path, String cookie) {
        return new RawRequest(method, path, cookie, null, "");
    }

    /** Its head, up to and with the empty line. */
    public String head(URI address) {
        return headLines(address) + "\r\n";
    }

    /** Its head, with a line that asks the server to say when it begins to read the body. */
    public String headThatExpectsContinue(URI address) {
        return headLines(address) + "Expect: 100-continue\r\n\r\n";
    }

    private String headLines(URI address) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n"
                + (cookie == null ? "" : "Cookie: " + cookie + "\r\n")
                + (contentType == null ? "" : "Content-Type: " + contentType + "\r\n")
                + (method.equals("GET") ? "" : "Content-Length: " + body.getBytes(UTF_8).length + "\r\n");
    }
}
