package logout.testing;

import static io.restassured.RestAssured.given;

import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Map;
import logout.app.SessionCookie;
import logout.app.lab.SlowRequest;
import logout.app.server.StageServer;
import org.apache.http.client.CookieStore;
import org.apache.http.cookie.Cookie;
import org.apache.http.cookie.CookieOrigin;
import org.apache.http.cookie.CookieSpec;
import org.apache.http.cookie.MalformedCookieException;
import org.apache.http.impl.client.BasicCookieStore;
import org.apache.http.impl.cookie.RFC6265LaxSpec;
import org.apache.http.message.BasicHeader;

/**
 * Someone's browser, as far as cookies go: a jar that follows RFC 6265, in which a cookie is known by
 * its name, its domain <em>and</em> its path. A jar that looks by name alone would not notice a
 * deletion that misses.
 *
 * <p>It does not follow redirects, so that a test sees the reply itself.
 */
public final class Browser {

    private final URI address;
    private final SessionCookie sessionCookie;
    private final CookieStore jar;

    private Browser(URI address, SessionCookie sessionCookie, CookieStore jar) {
        this.address = address;
        this.sessionCookie = sessionCookie;
        this.jar = jar;
    }

    /** A browser that has not been at this stage before: it holds no cookie. */
    public static Browser at(StageServer server) {
        return at(server.address(), server.stage().sessionCookie());
    }

    /** The same, for a stage that runs in a process of its own. */
    public static Browser at(URI address, SessionCookie sessionCookie) {
        return new Browser(address, sessionCookie, new BasicCookieStore());
    }

    /** The name of the stage's session cookie. */
    public String sessionCookieName() {
        return sessionCookie.name();
    }

    /** The value of the session cookie that this browser sends to the stage, or null. */
    public String sessionCookie() {
        return cookiesFor(originOf(address.resolve("/api/me"))).stream()
                .filter(cookie -> cookie.getName().equals(sessionCookie.name()))
                .map(Cookie::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Another browser with a copy of this one's cookies, as a thief may have: for a replay. */
    public Browser copy() {
        return copyTo(address);
    }

    /** The same, for another server of the stage. Cookies ignore ports. */
    public Browser copyAt(StageServer server) {
        return copyTo(server.address());
    }

    private Browser copyTo(URI address) {
        Browser copy = at(address, sessionCookie);
        jar.getCookies().forEach(copy.jar::addCookie);
        return copy;
    }

    /** Puts a session cookie of this value into the jar, as somebody who plants an id would. */
    public Browser holding(String value) {
        URI home = address.resolve(sessionCookie.path());
        keep(new Header("Set-Cookie", sessionCookie.name() + "=" + value + ";Path=" + home.getPath()), originOf(home));
        return this;
    }

    /** This browser, with the same jar, at another server of the stage. Cookies ignore ports. */
    public Browser goingTo(URI anotherServer) {
        return new Browser(anotherServer, sessionCookie, jar);
    }

    /** A request to the stage, with the cookies of the jar; what the reply sets goes into the jar. */
    public RequestSpecification request() {
        return given().config(RestAssuredConfig.config()
                        .redirect(RedirectConfig.redirectConfig().followRedirects(false)))
                .baseUri(address.toString())
                .filter(new JarFilter());
    }

    public Response get(String path) {
        return request().get(path);
    }

    /** A POST without a body. */
    public Response post(String path) {
        return request().post(path);
    }

    /** Follows redirects as a person's browser does, up to three, from this reply on. */
    public Response follow(Response reply) {
        Response current = reply;
        for (int hops = 0; hops < 3 && current.statusCode() == 302; hops++) {
            current = get(current.header("Location"));
        }
        return current;
    }

    /** Begins to send a request whose body comes later. */
    public SlowRequest begin(String method, String path, String contentType, String body) {
        Map<String, String> headers =
                Map.of("Cookie", cookieHeader(address.resolve(path)), "Content-Type", contentType);
        return SlowRequest.begin(address, method, path, headers, body);
    }

    /** The values of all {@code Set-Cookie} headers of a reply that concern the session cookie. */
    public List<String> setCookies(Response reply) {
        return reply.headers().getValues("Set-Cookie").stream()
                .filter(value -> value.startsWith(sessionCookie.name() + "="))
                .toList();
    }

    private String cookieHeader(URI uri) {
        return String.join(
                "; ",
                cookiesFor(originOf(uri)).stream()
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .toList());
    }

    private List<Cookie> cookiesFor(CookieOrigin origin) {
        jar.clearExpired(new Date());
        CookieSpec spec = new RFC6265LaxSpec();
        return jar.getCookies().stream()
                .filter(cookie -> spec.match(cookie, origin))
                .toList();
    }

    private void keep(Header setCookie, CookieOrigin origin) {
        CookieSpec spec = new RFC6265LaxSpec();
        try {
            for (Cookie cookie : spec.parse(new BasicHeader("Set-Cookie", setCookie.getValue()), origin)) {
                spec.validate(cookie, origin);
                jar.addCookie(cookie);
            }
        } catch (MalformedCookieException e) {
            throw new AssertionError("A browser would refuse this cookie: " + setCookie, e);
        }
    }

    private static CookieOrigin originOf(URI uri) {
        return new CookieOrigin(uri.getHost(), uri.getPort(), uri.getPath(), false);
    }

    /** Puts the jar's cookies into each request, and each reply's into the jar. */
    private final class JarFilter implements Filter {
        @Override
        public Response filter(
                FilterableRequestSpecification request,
                FilterableResponseSpecification expected,
                FilterContext context) {
            URI uri = URI.create(request.getURI());
            String cookies = cookieHeader(uri);
            if (!cookies.isEmpty()) {
                request.header("Cookie", cookies);
            }
            Response reply = context.next(request, expected);
            reply.headers().getList("Set-Cookie").forEach(header -> keep(header, originOf(uri)));
            return reply;
        }
    }
}
