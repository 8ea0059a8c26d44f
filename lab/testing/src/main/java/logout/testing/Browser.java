package logout.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

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
import logout.app.Stage;
import logout.app.account.DemoAccount;
import logout.app.server.StageServer;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.experiment.RequestInFlight;
import logout.panel.LabPanel;

/**
 * Someone's browser, as far as cookies go: a jar that follows RFC 6265bis, in which a cookie is known
 * by its name, its domain <em>and</em> its path. A jar that looks by name alone would not notice a
 * deletion that misses.
 *
 * <p>It does not follow redirects, so that a test sees the reply itself.
 */
public final class Browser {

    private final URI address;
    private final Stage stage;
    private final CookieJar jar;

    /** The fingerprints that the lab panel has told of this browser's session cookies, as the panel's page remembers them. */
    private final Set<String> held = new LinkedHashSet<>();

    private Browser(URI address, Stage stage, CookieJar jar) {
        this.address = address;
        this.stage = stage;
        this.jar = jar;
    }

    /** A browser that has not been at this stage before: it holds no cookie. */
    public static Browser at(StageServer server) {
        return new Browser(server.address(), server.stage(), new CookieJar());
    }

    /** The name of the stage's session cookie. */
    public String sessionCookieName() {
        return stage.sessionCookie().name();
    }

    /** The value of the session cookie that this browser sends to the stage, or null. */
    public String sessionCookie() {
        return jar.value(address.resolve("/api/me"), sessionCookieName());
    }

    /** Another browser with a copy of this one's cookies, as a thief may have: for a replay. */
    public Browser copy() {
        return new Browser(address, stage, jar.copy());
    }

    /** Puts a session cookie of this value into the jar, as somebody who plants an id would. */
    public Browser holding(String value) {
        URI home = address.resolve(stage.sessionCookie().path());
        jar.keep(home, List.of(sessionCookieName() + "=" + value + ";Path=" + home.getPath()));
        return this;
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
        return RawRequest.of(method, target).cookies(sessionCookieName() + "=" + sessionCookie());
    }

    public Response get(String path) {
        return request().get(path);
    }

    /** A POST without a body. */
    public Response post(String path) {
        return request().post(path);
    }

    /** What the stage's pages send. */
    private PageProtocol pages() {
        return LabPanel.protocolOf(stage);
    }

    /** Logs the first demo account in, and proves it. */
    public Browser logIn() {
        return logIn(DemoAccount.ALL.get(0));
    }

    /** Logs an account in as the stage's page does, and proves it. */
    public Browser logIn(DemoAccount account) {
        send(pages().logIn(account.name(), account.password())).then().statusCode(pages().done());
        assertThat(user()).isEqualTo(account.name());
        return this;
    }

    /** Keeps a note as the stage's page does. */
    public Response keepNote(String note) {
        Response reply = send(pages().keepNote(note));
        reply.then().statusCode(pages().done());
        return reply;
    }

    /** Begins to send a note as the stage's page does; its body comes when it is told to finish. */
    public RequestInFlight beginToSave(String note) {
        return new HttpUser(address, "test", jar).begin(pages().keepNote(note));
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

    /** Sends what a page sends. */
    public Response send(Call call) {
        RequestSpecification request = request();
        return call.contentType() == null
                ? request.request(call.method(), call.path())
                : request.contentType(call.contentType()).body(call.body()).request(call.method(), call.path());
    }

    /** The values of all {@code Set-Cookie} headers of a reply that concern the session cookie. */
    public List<String> setCookies(Response reply) {
        return reply.headers().getValues("Set-Cookie").stream()
                .filter(value -> value.startsWith(sessionCookieName() + "="))
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
