package logout.sidebyside;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import logout.app.account.DemoAccount;
import logout.app.lab.Sender;
import logout.app.lab.SlowRequest;

/**
 * A program that visits a stage as a person does, over HTTP and with a cookie jar: it sends what the stage's page
 * would send. Redirects are not followed, so that the reply itself can be looked at.
 */
public final class Visitor {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final DemoAccount ACCOUNT = DemoAccount.ALL.get(0);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    /** One for all visitors. Each has a jar of its own, so no cookie manager is set. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final URI address;
    private final Logout logout;
    private final String cookieName;
    private final CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final Set<String> heldCookies = new LinkedHashSet<>();

    /** A visitor who has not been at this address before, and will log out in this way. */
    public Visitor(URI address, Logout logout) {
        this.address = address;
        this.logout = logout;
        this.cookieName = logout.stage().sessionCookie().name();
    }

    /**
     * The value of the session cookie that this visitor sends, or null.
     *
     * @throws IOException where the jar cannot be read
     */
    public String sessionCookie() throws IOException {
        String prefix = cookieName + "=";
        return cookies().stream()
                .flatMap(header -> List.of(header.split("; ")).stream())
                .filter(pair -> pair.startsWith(prefix))
                .map(pair -> pair.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }

    /** The values of all session cookies that this visitor has held, in the order in which they came. */
    Set<String> heldCookies() {
        return Set.copyOf(heldCookies);
    }

    /**
     * Logs the first demo account in.
     *
     * @throws IOException where the stage does not answer, or not as it must
     */
    public void logIn() throws IOException {
        HttpResponse<String> reply = logout.onPlainSite()
                ? send(post("/login", FORM, "username=" + ACCOUNT.name() + "&password=" + ACCOUNT.password()))
                : send(post("/api/login", JSON, json("username", ACCOUNT.name(), "password", ACCOUNT.password())));
        expect(reply, logout.onPlainSite() ? 302 : 200);
        if (!isLoggedIn()) {
            throw new IOException("Logged in at " + address + ", but /api/me does not know it.");
        }
    }

    /**
     * Keeps a note in the session.
     *
     * @throws IOException where the stage does not answer, or not as it must
     */
    public void keepNote(String note) throws IOException {
        HttpResponse<String> reply = logout.onPlainSite()
                ? send(post("/note", FORM, form(note)))
                : send(request("/api/note")
                        .header("Content-Type", JSON)
                        .PUT(BodyPublishers.ofString(json("note", note))));
        expect(reply, logout.onPlainSite() ? 302 : 200);
    }

    /** Begins to save a note; the rest comes when the request is told to finish. */
    SlowRequest beginToSave(String note) throws IOException {
        Map<String, String> headers = Map.of(
                "Cookie", String.join("; ", cookies()),
                "Content-Type", logout.onPlainSite() ? FORM : JSON,
                "User-Agent", Sender.agent(Sender.VISITOR));
        return logout.onPlainSite()
                ? SlowRequest.begin(address, "POST", "/note", headers, form(note))
                : SlowRequest.begin(address, "PUT", "/api/note", headers, json("note", note));
    }

    HttpResponse<String> logOut() throws IOException {
        HttpResponse<String> reply = send(request(logout.path()).method(logout.method(), BodyPublishers.noBody()));
        if (reply.statusCode() >= 400) {
            throw new IOException("The logout was refused with status " + reply.statusCode() + ".");
        }
        return reply;
    }

    /** Sends the logout as a page of another site can make a browser send it: a GET as a link, a POST as a form. */
    void logOutFromAnotherSite() throws IOException {
        HttpRequest.Builder request =
                request(logout.path()).header("Sec-Fetch-Site", "cross-site").header("Sec-Fetch-Mode", "navigate");
        if (!logout.method().equals("GET")) {
            request.header("Origin", "http://elsewhere.example");
        }
        send(request.method(logout.method(), BodyPublishers.noBody()));
    }

    /**
     * Whether the stage knows this visitor.
     *
     * @throws IOException where the stage does not answer
     */
    public boolean isLoggedIn() throws IOException {
        return send(request("/api/me").GET()).statusCode() == 200;
    }

    /** Whether a note can be read with the cookie of this visitor. */
    boolean readsNote() throws IOException {
        HttpResponse<String> reply = send(request("/api/note").GET());
        expect(reply, 200);
        JsonElement note =
                JsonParser.parseString(reply.body()).getAsJsonObject().get("note");
        return !note.isJsonNull();
    }

    /** Another visitor, who holds a copy of this one's cookies as they are now. */
    Visitor copy() {
        Visitor copy = new Visitor(address, logout);
        jar.getCookieStore()
                .getCookies()
                .forEach(cookie -> copy.jar.getCookieStore().add(address, cookie));
        return copy;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
    }

    private HttpRequest.Builder post(String path, String contentType, String body) {
        return request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        request.header("User-Agent", Sender.agent(Sender.VISITOR));
        cookies().forEach(header -> request.header("Cookie", header));
        HttpRequest whole = request.build();
        try {
            HttpResponse<String> reply = CLIENT.send(whole, BodyHandlers.ofString());
            jar.put(whole.uri(), reply.headers().map());
            Optional.ofNullable(sessionCookie()).ifPresent(heldCookies::add);
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + whole.uri() + ".", e);
        }
    }

    private List<String> cookies() throws IOException {
        return jar.get(address.resolve("/api/me"), Map.of()).getOrDefault("Cookie", List.of());
    }

    private static void expect(HttpResponse<String> reply, int status) throws IOException {
        if (reply.statusCode() != status) {
            throw new IOException(reply.request().method() + " " + reply.uri().getPath() + " was answered "
                    + reply.statusCode() + ", not " + status + ".");
        }
    }

    private static String form(String note) {
        return "note=" + URLEncoder.encode(note, StandardCharsets.UTF_8);
    }

    private static String json(String... namesAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.addProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return object.toString();
    }
}
