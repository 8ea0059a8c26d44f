package logout.experiment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A user who is a program, and visits an app as a person's browser does: over HTTP, and with a cookie jar. Nothing is sent to
 * another origin than the app's.
 *
 * @param address of the app's home page
 * @param agent the {@code User-Agent}
 * @param timeout how long this user waits for each reply
 * @param client what sends the requests; null for the one that all share
 * @param captured what this user's page has kept of the app's replies beside cookies, such as a token, by names of its own
 */
public record HttpUser(
        URI address, String agent, CookieJar jar, Duration timeout, HttpClient client, Map<String, String> captured) {

    /** How long a user waits unless told otherwise. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final int MAX_REDIRECTS = 5;

    /** One for all users: each has a jar of its own. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    public HttpUser(URI address, String agent, CookieJar jar) {
        this(address, agent, jar, TIMEOUT, null);
    }

    public HttpUser(URI address, String agent, CookieJar jar, Duration timeout, HttpClient client) {
        this(address, agent, jar, timeout, client == null ? CLIENT : client, new ConcurrentHashMap<>());
    }

    /** Another user, who holds a copy of what this one holds now. */
    public HttpUser copy() {
        return new HttpUser(address, agent, jar.copy(), timeout, client, new ConcurrentHashMap<>(captured));
    }

    /** The same user, as long as this one waits no longer than that for a reply. */
    public HttpUser waiting(Duration atMost) {
        return new HttpUser(address, agent, jar, atMost, client, captured);
    }

    /** The value of the cookie of this name that this user sends first, or null. */
    public String cookie(String name) {
        return jar.value(address, name);
    }

    /**
     * Logs in, and proves it.
     *
     * @throws IOException where the app does not answer, or does not let this user in
     */
    public void logIn(PageProtocol protocol, String user, String password) throws IOException {
        int status = send(protocol.logIn(user, password)).statusCode();
        if (status != protocol.done() || !isLoggedIn(protocol)) {
            throw new IOException("The login of " + user + " at " + address + " was answered " + status
                    + ", and then nobody was logged in.");
        }
    }

    /**
     * Whether the app knows this user as somebody who is logged in. The look changes nothing of what the user holds.
     *
     * @throws IOException where it does not answer, or neither yes nor no
     */
    public boolean isLoggedIn(PageProtocol protocol) throws IOException {
        int status = copy().send(protocol.whoAmI()).statusCode();
        if (status != 200 && status != 401) {
            throw new IOException("the app answered " + status + " to " + protocol.whoAmI());
        }
        return status == 200;
    }

    /**
     * Sends a request, and keeps the cookies of its reply.
     *
     * @throws IOException where no reply comes
     */
    public HttpResponse<String> send(Call call) throws IOException {
        return send(request(call), call);
    }

    /** The reply that one sees, behind all redirects. */
    public static HttpResponse<String> last(List<HttpResponse<String>> replies) {
        return replies.get(replies.size() - 1);
    }

    /**
     * Sends a request, and follows redirects as a browser does, but not to another origin.
     *
     * @return all replies, in their order
     * @throws IOException where no reply comes
     */
    public List<HttpResponse<String>> follow(Call call) throws IOException {
        return follow(call, this::request);
    }

    private List<HttpResponse<String>> follow(Call call, Function<Call, HttpRequest.Builder> request)
            throws IOException {
        List<HttpResponse<String>> replies = new ArrayList<>();
        for (Call next = call;
                next != null && replies.size() <= MAX_REDIRECTS;
                next = redirected(next, last(replies))) {
            replies.add(send(request.apply(next), next));
        }
        return replies;
    }

    /** The request to which a reply redirects, or null. */
    private Call redirected(Call call, HttpResponse<String> reply) {
        String location = reply.headers().firstValue("Location").orElse(null);
        if (reply.statusCode() / 100 != 3 || location == null) {
            return null;
        }
        try {
            URI target = reply.uri().resolve(location);
            boolean again = reply.statusCode() == 307 || reply.statusCode() == 308;
            Call page = Call.page(Call.pathOf(target));
            Map<String, String> headers = call.headers().isEmpty() && !again ? page.headers() : call.headers();
            Call next = again ? call : page;
            return isOfTheApp(target)
                    ? new Call(next.method(), page.path(), next.contentType(), next.body(), headers)
                    : null;
        } catch (IllegalArgumentException e) {
            // A browser does not go to a malformed address either.
            return null;
        }
    }

    public boolean isOfTheApp(URI target) {
        return address.getScheme().equals(target.getScheme())
                && String.valueOf(target.getAuthority()).equals(address.getAuthority());
    }

    /** The cookies of this user that go along with a request that a page of another site causes; null for none. */
    String cookiesFromAnotherSite(Call call) {
        return jar.header(target(call), cookie -> cookie.comesFromAnotherSite(call.method()));
    }

    /**
     * Sends a request as a page of another site can make the browser send it: a GET as a link, all else as a form. That is a
     * top-level navigation, so the browser keeps the cookies of the reply, and follows redirects as {@link #follow} does.
     *
     * @param withCookies whether the cookies go along that {@code SameSite} does not hold back; a browser may hold back more
     * @throws IOException where no reply comes
     */
    public void sendFromAnotherSite(Call call, boolean withCookies) throws IOException {
        follow(call, one -> fromAnotherSite(one, withCookies));
    }

    private HttpRequest.Builder fromAnotherSite(Call call, boolean withCookies) {
        HttpRequest.Builder request = request(call, withCookies ? cookiesFromAnotherSite(call) : null)
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate");
        return call.method().equals("GET") ? request : request.header("Origin", "http://elsewhere.example");
    }

    /**
     * Begins to send a request; its body comes when it is told to finish.
     *
     * @throws java.io.UncheckedIOException where the app answers without asking for the body, or not at all
     */
    public RequestInFlight begin(Call call) {
        // A logout comes in between, and it may use up the time that a user waits for a reply.
        return new RequestInFlight(client, request(call).timeout(timeout.multipliedBy(2)), call);
    }

    private URI target(Call call) {
        return address.resolve(call.path());
    }

    private HttpRequest.Builder request(Call call) {
        return request(call, jar.header(target(call)));
    }

    private HttpRequest.Builder request(Call call, String cookies) {
        URI target = target(call);
        if (!isOfTheApp(target)) {
            throw new IllegalArgumentException("Not an address of the app: " + target);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(timeout).header("User-Agent", agent);
        if (call.contentType() != null) {
            request.header("Content-Type", call.contentType());
        }
        call.headers().forEach(request::header);
        return cookies == null ? request : request.header("Cookie", cookies);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Call call) throws IOException {
        HttpRequest whole = request.method(
                        call.method(),
                        call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()))
                .build();
        try {
            HttpResponse<String> reply = client.send(whole, BodyHandlers.ofString());
            jar.keep(whole.uri(), reply.headers().allValues("Set-Cookie"));
            return reply;
        } catch (HttpTimeoutException e) {
            throw new HttpTimeoutException("the app did not answer " + call + " within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + call + ".", e);
        }
    }
}
