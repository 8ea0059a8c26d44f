package logout.app.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * Sends what someone else might send: real requests, over real HTTP, to the stage itself.
 */
final class Tries {

    /** One word, so that it is the same in a form and in JSON. */
    private static final String LATE_NOTE = "late";

    private static final String FOREIGN_ORIGIN = "http://elsewhere.example";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI address;
    private final String cookieName;
    private HttpClient client;

    Tries(URI address, String cookieName) {
        this.address = address;
        this.cookieName = cookieName;
    }

    /** Asks for a path with a cookie, as a thief with a copy of it would. */
    Answer replay(String path, String cookie) throws IOException {
        return send(request(path, cookie, Sender.REPLAY).GET());
    }

    /** Sends a request in the way in which a page of another site can make the browser send it. */
    Answer fromAnotherSite(String method, String path, String cookie) throws IOException {
        HttpRequest.Builder request = request(path, cookie, Sender.FOREIGN_LINK).header("Sec-Fetch-Site", "cross-site");
        if (!method.equals("GET")) {
            request.header("Origin", FOREIGN_ORIGIN);
        }
        return send(request.method(method, BodyPublishers.noBody()));
    }

    /** Begins to save the note {@value #LATE_NOTE}, on the plain site or on the single page. */
    SlowRequest beginToSave(boolean plainSite, String cookie) {
        return plainSite
                ? beginToSave("POST", "/note", "application/x-www-form-urlencoded", "note=" + LATE_NOTE, cookie)
                : beginToSave("PUT", "/api/note", "application/json", "{\"note\":\"" + LATE_NOTE + "\"}", cookie);
    }

    private SlowRequest beginToSave(String method, String path, String contentType, String body, String cookie) {
        Map<String, String> headers = Map.of(
                "Cookie",
                cookieName + "=" + cookie,
                "Content-Type",
                contentType,
                "User-Agent",
                Sender.agent(Sender.SLOW_SAVE));
        return SlowRequest.begin(address, method, path, headers, body);
    }

    private HttpRequest.Builder request(String path, String cookie, String by) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(TIMEOUT)
                .header("User-Agent", Sender.agent(by))
                .header("Cookie", cookieName + "=" + cookie);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> reply = client().send(request.build(), BodyHandlers.ofString());
            return new Answer(reply.statusCode(), reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the stage to answer.", e);
        }
    }

    /** Made when it is first needed: most runs of a stage never need it. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build();
        }
        return client;
    }

    /** The status and the body of a reply. */
    record Answer(int status, String body) {}
}
