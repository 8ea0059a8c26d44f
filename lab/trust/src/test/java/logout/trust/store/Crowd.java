package logout.trust.store;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Many browsers with the same cookie that log out at once, and somebody else without one. */
final class Crowd {

    private static final int MANY = 250;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private List<CompletableFuture<Answer>> logouts = List.of();

    private Crowd(URI address) {
        this.address = address;
    }

    /** Begins, and does not wait. */
    static Crowd loggingOutAt(FragileStage stage) {
        Crowd crowd = new Crowd(stage.server().address());
        HttpRequest logout = HttpRequest.newBuilder(
                        crowd.address.resolve(stage.logout().path()))
                .method(stage.logout().method(), BodyPublishers.noBody())
                .header(
                        "Cookie",
                        stage.browser().sessionCookieName() + "="
                                + stage.browser().sessionCookie())
                .build();
        crowd.logouts = Stream.generate(() -> crowd.send(logout)).limit(MANY).toList();
        return crowd;
    }

    /** The replies to all the logouts. */
    List<Answer> answers() {
        return logouts.stream().map(CompletableFuture::join).toList();
    }

    /** Asks for something without a cookie. */
    CompletableFuture<Answer> ask(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    private CompletableFuture<Answer> send(HttpRequest request) {
        long begun = System.nanoTime();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenApply(reply -> Answer.to(reply, Duration.ofNanos(System.nanoTime() - begun)));
    }

    /** A reply, and how long it took. */
    record Answer(int status, String body, boolean setsCookie, Duration took) {
        private static Answer to(HttpResponse<String> reply, Duration took) {
            boolean setsCookie = reply.headers().firstValue("Set-Cookie").isPresent();
            return new Answer(reply.statusCode(), reply.body(), setsCookie, took);
        }
    }
}
