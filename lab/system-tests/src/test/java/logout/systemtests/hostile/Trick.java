package logout.systemtests.hostile;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import logout.sidebyside.Logout;
import logout.testing.RawRequest;

/**
 * A change that makes the request of a logout another request, which must log nobody out.
 *
 * @param name for the report
 */
record Trick(String name, UnaryOperator<RawRequest> change) {

    private static final List<String> OTHER_METHODS = List.of(
            "HEAD",
            "OPTIONS",
            "TRACE",
            "PUT",
            "PATCH",
            "DELETE",
            "PROPFIND",
            "CONNECT",
            "SEARCH",
            "post",
            "get",
            "Post",
            "POSTS",
            "AFTER",
            "AFTERAFTER",
            "BEFORE",
            "UNSUPPORTED");

    private static final List<String> OTHER_TARGETS = List.of(
            "%s/",
            "/%s",
            "//%s",
            "/.%s",
            "/x/..%s",
            "/%%2e%s",
            "/%%2e%%2e%s",
            "%s%%2f",
            "%s%%00",
            "%s%%0d%%0a",
            "%s%%3f",
            "%s%%23",
            "%s%%20",
            "%s;",
            "%s;jsessionid=0",
            "%s;%%2e",
            "/;x%s",
            "%s.",
            "%s..",
            "%s/.",
            "%s/..",
            "%s.html",
            "%s/index",
            "%s\\",
            "\\%s",
            "%s,",
            "%s&x",
            "*",
            "%s%%",
            "%s\u00e9",
            "%s\t",
            "%s%%c0%%af",
            "/%%u002f%s",
            "/x/..;%s",
            "%s;a=b",
            "%s%%zz");

    private static final List<String> OTHER_SEPARATORS = List.of("//", "%2f", "\\", "/../", "/./", ";a=b/");

    private static final List<String> METHOD_IN_A_HEADER =
            List.of("X-HTTP-Method-Override: %s", "x-http-method-override: %s", "X-HTTP-METHOD-OVERRIDE: %s");

    private static final List<String> OTHER_HOSTS = List.of(
            "localhost",
            "localhost:80",
            "evil.example",
            "localhost:0%d",
            "localhost.:%d",
            "localhost:%d.",
            "127.1:%d",
            "user@localhost:%d",
            "localhost:%d@evil.example",
            "localhost:%d, evil.example",
            "[::ffff:127.0.0.1]:%d");

    private static final List<String> BAD_LINES = List.of(
            "Content-Length: -0",
            "Content-Length: +0",
            "Content-Length: 0x0",
            "Content-Length: 0, 5",
            "Content-Length: 99999999999999999999",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: xchunked",
            "Content-Length : 0",
            "Cookie\t: x",
            "No colon",
            "\u0000: x",
            "X: a\u0000b",
            "(comment): x",
            "Expect: something");

    /** A GET's body is not read: these are tricks where the logout is a POST. */
    private static final List<String> BAD_LENGTHS = List.of(
            "Content-Length: 5",
            "Content-Length: 9223372036854775807",
            "Content-Length: 70000",
            "Transfer-Encoding: chunked");

    private static final List<String> BAD_CHUNKS =
            List.of("", "5\r\nab", "x\r\n", "-1\r\n\r\n", "ffffffffffffffff\r\n", "1\r\nab\r\n0\r\n\r\n", "\r\n");

    private static final List<String> BAD_VERSIONS =
            List.of("HTTP/0.9", "HTTP/2.0", "HTTP/1.2", "HTTP/9.9", "HTTP/1", "HTTP/1.1 x", "ICAP/1.0");

    /** All tricks for this logout. */
    static Stream<Trick> all(Logout logout, int port) {
        return Stream.of(
                        methods(),
                        targets(),
                        overrides(),
                        each("Host", OTHER_HOSTS.stream().map(host -> host.formatted(port)), Trick::host),
                        each("", BAD_LINES.stream(), (line, request) -> request.with(line)),
                        logout.method().equals("GET") ? Stream.<Trick>empty() : badBodies(),
                        each("", BAD_VERSIONS.stream(), (version, request) -> request.version(version)),
                        cookies(),
                        otherFrames())
                .flatMap(tricks -> tricks);
    }

    private static Stream<Trick> badBodies() {
        return Stream.concat(
                each("", BAD_LENGTHS.stream(), (line, request) -> request.with(line)),
                each("chunks", BAD_CHUNKS.stream(), Trick::chunks));
    }

    private static Stream<Trick> methods() {
        return OTHER_METHODS.stream().map(method -> new Trick("method " + method, request -> request.method(method)));
    }

    private static Stream<Trick> targets() {
        Stream<Trick> separators = each(
                "last separator ",
                OTHER_SEPARATORS.stream(),
                (separator, request) -> request.target(path -> path.substring(0, path.lastIndexOf('/'))
                        + separator
                        + path.substring(path.lastIndexOf('/') + 1)));
        Stream<Trick> others = Stream.concat(
                Stream.of(
                        new Trick("capitals", request -> request.target(path -> path.toUpperCase(Locale.ROOT))),
                        new Trick("a letter escaped", request -> request.target(path -> path.replace("lo", "%6co")))),
                OTHER_TARGETS.stream()
                        .map(target -> new Trick("target " + target, request -> request.target(target::formatted))));
        return Stream.concat(separators, others);
    }

    /** Ways in which other frameworks take the method from elsewhere. */
    private static Stream<Trick> overrides() {
        Stream<Trick> refused =
                each("", METHOD_IN_A_HEADER.stream(), (line, request) -> request.with(line.formatted("POST")));
        Stream<Trick> ignored = Stream.of("X-HTTP-Method: POST", "X-Method-Override: POST", "X-Original-Method: POST")
                .map(line -> new Trick(
                        "PUT, " + line, request -> request.method("PUT").with(line)));
        Stream<Trick> rewritten = Stream.of(
                        "X-Original-URL: ", "X-Rewrite-URL: ", "X-Forwarded-Uri: ", "X-Forwarded-Prefix: ")
                .map(name -> new Trick(
                        name,
                        request -> request.with(name + request.line().split(" ")[1])
                                .target(path -> "/api/me")));
        Stream<Trick> parameters = Stream.of(
                new Trick(
                        "_method in the address",
                        request -> request.method("PUT").target(path -> path + "?_method=POST")),
                new Trick("_method in a form", request -> request.method("PUT").form("_method=POST")));
        return Stream.of(refused, ignored, rewritten, parameters).flatMap(tricks -> tricks);
    }

    /** The session's id where it is not the session cookie. */
    private static Stream<Trick> cookies() {
        return Stream.of(
                new Trick("no cookie", request -> request.without("Cookie")),
                new Trick("another name", request -> request.cookie(cookie -> "x" + cookie)),
                new Trick("a longer name", request -> request.cookie(cookie -> cookie.replaceFirst("=", "2="))),
                new Trick("a name with a blank", request -> request.cookie(cookie -> cookie.replaceFirst("=", " x="))),
                new Trick("the id in another cookie", request -> request.cookie(cookie -> "a=\"" + cookie + "\"")),
                new Trick(
                        "the id as an attribute",
                        request -> request.cookie(cookie -> "$Version=1; $Path=\"" + cookie + "\"")),
                new Trick("the header Cookie2", request -> moved(request, "Cookie2")),
                new Trick("the header Authorization", request -> moved(request, "Authorization")),
                new Trick("half the id", request -> request.cookie(cookie -> cookie.substring(0, cookie.length() / 2))),
                new Trick("an id in capitals", request -> request.cookie(Trick::valueInCapitals)));
    }

    private static RawRequest moved(RawRequest request, String name) {
        String cookie = request.headers().stream()
                .filter(header -> header.startsWith("Cookie: "))
                .findFirst()
                .orElseThrow()
                .substring(8);
        return request.without("Cookie").with(name + ": " + cookie);
    }

    private static String valueInCapitals(String cookie) {
        int equals = cookie.indexOf('=');
        return cookie.substring(0, equals) + cookie.substring(equals).toUpperCase(Locale.ROOT);
    }

    /** A logout in the wrong place: inside a body, behind a header's end. */
    private static Stream<Trick> otherFrames() {
        return Stream.of(
                new Trick(
                        "a logout in a body",
                        request -> request.target(path -> "/api/none").form(request.toString())),
                new Trick(
                        "a logout behind two lengths",
                        request -> request.method("GET")
                                .target(path -> "/api/me")
                                .with("Content-Length: 0")
                                .with("Content-Length: 9")
                                .body(request.toString())),
                new Trick(
                        "a logout behind a length and chunks",
                        request -> request.target(path -> "/api/none")
                                .with("Content-Length: 4")
                                .with("Transfer-Encoding: chunked")
                                .body("0\r\n\r\n" + request)));
    }

    private static RawRequest host(String host, RawRequest request) {
        return request.without("Host").with("Host: " + host);
    }

    private static RawRequest chunks(String chunks, RawRequest request) {
        return request.with("Transfer-Encoding: chunked").body(chunks);
    }

    private static Stream<Trick> each(String kind, Stream<String> values, Change change) {
        return values.map(value -> new Trick(kind + " " + printable(value), request -> change.by(value, request)));
    }

    private static String printable(String value) {
        return value.replaceAll("[^ -~]", "?");
    }

    @Override
    public String toString() {
        return printable(name);
    }

    /** A change by a value. */
    private interface Change {
        RawRequest by(String value, RawRequest request);
    }
}
