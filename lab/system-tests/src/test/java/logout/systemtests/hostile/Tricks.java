package logout.systemtests.hostile;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import logout.testing.RawRequest;

/** Requests that are almost the one that logs somebody out, and must log nobody out. */
final class Tricks {

    private static final List<String> OTHER_METHODS = List.of(
            "HEAD",
            "OPTIONS",
            "TRACE",
            "PUT",
            "CONNECT",
            "post",
            "get",
            "POSTS",
            "AFTER",
            "AFTERAFTER",
            "BEFORE",
            "UNSUPPORTED");

    private static final List<String> OTHER_TARGETS = List.of(
            "%s/",
            "/%s",
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
            "/;x%s",
            "%s.",
            "%s/.",
            "%s.html",
            "%s\\",
            "\\%s",
            "*",
            "%s\u00e9",
            "%s\t",
            "%s%%c0%%af",
            "/%%u002f%s",
            "/x/..;%s",
            "%s%%zz");

    /** The last slash of the path, written otherwise. */
    private static final List<String> OTHER_SEPARATORS = List.of("//", "%2f", "\\", "/../", "/./", ";a=b/");

    /** Ways in which other frameworks take the method from elsewhere. */
    private static final List<String> METHODS_ELSEWHERE =
            List.of("X-HTTP-Method: POST", "X-Method-Override: POST", "X-Original-Method: POST");

    private static final List<String> TARGETS_ELSEWHERE =
            List.of("X-Original-URL: ", "X-Rewrite-URL: ", "X-Forwarded-Uri: ", "X-Forwarded-Prefix: ");

    private static final List<String> OTHER_HOSTS = List.of(
            "localhost:0%d",
            "localhost.:%d",
            "localhost:%d.",
            "127.1:%d",
            "user@localhost:%d",
            "localhost:%d@evil.example",
            "localhost:%d, evil.example",
            "[::ffff:127.0.0.1]:%d");

    private static final List<String> BAD_VERSIONS =
            List.of("HTTP/0.9", "HTTP/2.0", "HTTP/1.2", "HTTP/9.9", "HTTP/1", "HTTP/1.1 x", "ICAP/1.0");

    private final RawRequest real;

    private Tricks(RawRequest real) {
        this.real = real;
    }

    /**
     * All tricks around the request that logs out.
     *
     * @param port of the stage
     */
    static Stream<RawRequest> around(RawRequest real, int port) {
        Tricks tricks = new Tricks(real);
        return Stream.of(
                        OTHER_METHODS.stream().map(real::method),
                        tricks.otherTargets(),
                        tricks.overrides(),
                        OTHER_HOSTS.stream().map(host -> real.without("Host").with("Host: " + host.formatted(port))),
                        BAD_VERSIONS.stream().map(real::version),
                        tricks.otherCookies(),
                        tricks.otherFrames())
                .flatMap(requests -> requests);
    }

    private Stream<RawRequest> otherTargets() {
        Stream<UnaryOperator<String>> written =
                Stream.of(path -> path.toUpperCase(Locale.ROOT), path -> path.replace("lo", "%6co"));
        Stream<UnaryOperator<String>> separated = OTHER_SEPARATORS.stream()
                .map(separator -> path -> path.replaceFirst("/(?!.*/)", Matcher.quoteReplacement(separator)));
        Stream<UnaryOperator<String>> around = OTHER_TARGETS.stream().map(target -> target::formatted);
        return Stream.of(written, separated, around).flatMap(changes -> changes).map(real::target);
    }

    private Stream<RawRequest> overrides() {
        RawRequest put = real.method("PUT");
        String path = real.line().split(" ")[1];
        return Stream.of(
                        Stream.of(put.target(target -> target + "?_method=POST"), put.form("_method=POST")),
                        METHODS_ELSEWHERE.stream().map(put::with),
                        TARGETS_ELSEWHERE.stream()
                                .map(name -> real.with(name + path).target(target -> "/api/me")))
                .flatMap(requests -> requests);
    }

    /** The session's id where it is not the session cookie. */
    private Stream<RawRequest> otherCookies() {
        String cookie = real.headers().stream()
                .filter(header -> header.startsWith("Cookie: "))
                .findFirst()
                .orElseThrow();
        String value = cookie.substring("Cookie: ".length());
        int equals = value.indexOf('=');
        RawRequest nobody = real.without("Cookie");
        return Stream.concat(
                Stream.of(nobody, nobody.with("Cookie2: " + value), nobody.with("Authorization: " + value)),
                Stream.of(
                                "other.sid" + value.substring(equals) + "; JSESSIONID" + value.substring(equals),
                                "x" + value,
                                value.replaceFirst("=", "2="),
                                value.replaceFirst("=", " x="),
                                "a=\"" + value + "\"",
                                "$Version=1; $Path=\"" + value + "\"",
                                value.substring(0, value.length() / 2),
                                value.substring(0, equals)
                                        + value.substring(equals).toUpperCase(Locale.ROOT))
                        .map(nobody::cookies));
    }

    /** A logout in the wrong place: inside a body, behind a header's end. */
    private Stream<RawRequest> otherFrames() {
        RawRequest elsewhere = real.target(path -> "/api/none");
        return Stream.of(
                elsewhere.form(real.toString()),
                real.method("GET")
                        .target(path -> "/api/me")
                        .with("Content-Length: 0")
                        .with("Content-Length: 9")
                        .body(real.toString()),
                elsewhere.with("Content-Length: 4").chunks("0\r\n\r\n" + real));
    }
}
