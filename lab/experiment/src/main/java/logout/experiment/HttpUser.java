package logout.experiment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A user who is a program, and visits an app as a person's browser does: over HTTP, and with a cookie jar. It follows no redirects, so
 * that the reply itself can be looked at.
 */
public final class HttpUser {

    /** How long a user waits unless told otherwise. */
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Made when it is first needed. One for all users: each has a jar of its own. */
    private static final class Http {
        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
    }

    private final URI address;
    private final String agent;
    private final CookieJar jar;
    private final Duration timeout;

    /**
     * A user with this jar.
     *
     * @param address of the app's home page
     * @param agent the {@code User-Agent}
     */
    public HttpUser(URI address, String agent, CookieJar jar) {
        this(address, agent, jar, TIMEOUT);
    }

    /** The same, who waits so long for each reply. */
    public HttpUser(URI address, String agent, CookieJar jar, Duration timeout) {
        this.address = address;
        this.agent = agent;
        this.jar = jar;
        this.timeout = timeout;
    }

    /** Another user, who holds a copy of this one's cookies as they are now. */
    public HttpUser copy() {
        return new HttpUser(address, agent, jar.copy(), timeout);
    }

    /** The cookies that this user holds. */
    public CookieJar jar() {
        return jar;
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
     * Whether the app knows this user as somebody who is logged in.
     *
     * @throws IOException where it does not answer, or neither yes nor no
     */
    public boolean isLoggedIn(PageProtocol protocol) throws IOException {
        int status = send(protocol.whoAmI()).statusCode();
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

    /**
     * Sends a request as a page of another site can make the browser send it: a GET as a link, all else as a form. The
     * browser keeps the cookies of the reply in either case.
     *
     * @param withCookies whether the cookies go along; {@code SameSite} holds them back
     * @throws IOException where no reply comes
     */
    public HttpResponse<String> sendFromAnotherSite(Call call, boolean withCookies) throws IOException {
        HttpRequest.Builder request = request(call, withCookies ? jar : new CookieJar())
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate");
        if (!call.method().equals("GET")) {
            request.header("Origin", "http://elsewhere.example");
        }
        return send(request, call);
    }

    /**
     * Begins to send a request; its body comes when it is told to finish.
     *
     * @throws java.io.UncheckedIOException where the app answers without asking for the body, or not at all
     */
    public RequestInFlight begin(Call call) {
        // A logout comes in between, and it may use up the time that a user waits for a reply.
        HttpRequest.Builder request = request(call).timeout(timeout.multipliedBy(2));
        return RequestInFlight.begin(Http.CLIENT, request, call.method(), BodyPublishers.ofString(call.body()));
    }

    private HttpRequest.Builder request(Call call) {
        return request(call, jar);
    }

    private HttpRequest.Builder request(Call call, CookieJar sent) {
        URI target = address.resolve(call.path());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(timeout).header("User-Agent", agent);
        if (call.contentType() != null) {
            request.header("Content-Type", call.contentType());
        }
        call.headers().forEach(request::header);
        String cookies = sent.header(target);
        return cookies == null ? request : request.header("Cookie", cookies);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Call call) throws IOException {
        HttpRequest whole = request.method(
                        call.method(),
                        call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()))
                .build();
        try {
            HttpResponse<String> reply = Http.CLIENT.send(whole, BodyHandlers.ofString());
            jar.keep(whole.uri(), reply.headers().allValues("Set-Cookie"));
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + call + ".", e);
        }
    }
}
