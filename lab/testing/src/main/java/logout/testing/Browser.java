package logout.testing;

import static io.restassured.RestAssured.given;

import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import logout.app.SessionCookie;
import logout.app.server.StageServer;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.RequestInFlight;

/**
 * Someone's browser, as far as cookies go: a jar that follows RFC 6265bis, in which a cookie is known
 * by its name, its domain <em>and</em> its path. A jar that looks by name alone would not notice a
 * deletion that misses.
 *
 * <p>It does not follow redirects, so that a test sees the reply itself.
 */
public final class Browser {

    private final URI address;
    private final SessionCookie sessionCookie;
    private final CookieJar jar;

    /** The fingerprints that the lab panel has told of this browser's session cookies, as the panel's page remembers them. */
    private final Set<String> held = new LinkedHashSet<>();

    private Browser(URI address, SessionCookie sessionCookie, CookieJar jar) {
        this.address = address;
        this.sessionCookie = sessionCookie;
        this.jar = jar;
    }

    /** A browser that has not been at this stage before: it holds no cookie. */
    public static Browser at(StageServer server) {
        return new Browser(server.address(), server.stage().sessionCookie(), new CookieJar());
    }

    /** The name of the stage's session cookie. */
    public String sessionCookieName() {
        return sessionCookie.name();
    }

    /** The value of the session cookie that this browser sends to the stage, or null. */
    public String sessionCookie() {
        return jar.value(address.resolve("/api/me"), sessionCookie.name());
    }

    /** Another browser with a copy of this one's cookies, as a thief may have: for a replay. */
    public Browser copy() {
        return new Browser(address, sessionCookie, jar.copy());
    }

    /** Puts a session cookie of this value into the jar, as somebody who plants an id would. */
    public Browser holding(String value) {
        URI home = address.resolve(sessionCookie.path());
        jar.keep(home, List.of(sessionCookie.name() + "=" + value + ";Path=" + home.getPath()));
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

    /** The same with the session cookie alone, as text. */
    public RawRequest raw(String method, String target) {
        return RawRequest.of(method, target).cookies(sessionCookie.name() + "=" + sessionCookie());
    }

    public Response get(String path) {
        return request().get(path);
    }

    /** A POST without a body. */
    public Response post(String path) {
        return request().post(path);
    }

    /** Who is logged in with this browser's cookies, or null. */
    public String user() {
        Response reply = get("/api/me");
        return reply.statusCode() == 401 ? null : Json.of(reply).text("user");
    }

    /** The note that their session keeps, or null. */
    public String note() {
        return Json.of(get("/api/note")).text("note");
    }

    /** What the lab panel tells this browser's page. */
    public Json panel() {
        Response reply = get("/lab/state" + held());
        reply.then().statusCode(200);
        Json panel = Json.of(reply);
        if (!panel.isNull("cookie.fingerprint")) {
            held.add(panel.text("cookie.fingerprint.label"));
        }
        return panel;
    }

    /** Lets the lab panel try something, as its page does. */
    public Response tries(String name) {
        return post("/lab/" + name + held());
    }

    private String held() {
        return "?held=" + String.join(",", held);
    }

    /** Follows redirects as a person's browser does, up to three, from this reply on. */
    public Response follow(Response reply) {
        Response current = reply;
        for (int hops = 0; hops < 3 && current.statusCode() == 302; hops++) {
            current = get(current.header("Location"));
        }
        return current;
    }

    /** Sends what a page sends. */
    public Response send(Call call) {
        RequestSpecification request = request();
        return call.contentType() == null
                ? request.request(call.method(), call.path())
                : request.contentType(call.contentType()).body(call.body()).request(call.method(), call.path());
    }

    /** Begins to send what a page sends; its body comes when it is told to finish. */
    public RequestInFlight begin(Call call) {
        return new HttpUser(address, "test", jar).begin(call);
    }

    /** The values of all {@code Set-Cookie} headers of a reply that concern the session cookie. */
    public List<String> setCookies(Response reply) {
        return reply.headers().getValues("Set-Cookie").stream()
                .filter(value -> value.startsWith(sessionCookie.name() + "="))
                .toList();
    }

    /** Puts the jar's cookies into each request, and each reply's into the jar. */
    private final class JarFilter implements Filter {
        @Override
        public Response filter(
                FilterableRequestSpecification request,
                FilterableResponseSpecification expected,
                FilterContext context) {
            URI uri = URI.create(request.getURI());
            String cookies = jar.header(uri);
            if (cookies != null) {
                request.header("Cookie", cookies);
            }
            Response reply = context.next(request, expected);
            jar.keep(uri, reply.headers().getValues("Set-Cookie"));
            return reply;
        }
    }
}
