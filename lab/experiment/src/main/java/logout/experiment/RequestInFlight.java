package logout.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A request that the server has begun to handle and whose body is held back: a save in flight.
 *
 * <p>It asks for {@code 100 Continue}, which a server sends when the app begins to read the body. By then the app has loaded
 * the session. So it is certain, and not a matter of luck, that a logout comes in between.
 */
public final class RequestInFlight implements AutoCloseable {

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final CompletableFuture<HttpResponse<String>> reply;
    private int status;

    /**
     * Sends a request without its body, and waits until the app asks for it.
     *
     * @throws UncheckedIOException where the server answers without asking for the body, or not at all
     */
    RequestInFlight(HttpClient client, HttpRequest.Builder request, Call call) {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        HttpRequest whole = request.expectContinue(true)
                .method(call.method(), heldBack(BodyPublishers.ofString(call.body()), asked))
                .build();
        reply = client.sendAsync(whole, BodyHandlers.ofString());
        result(CompletableFuture.anyOf(asked, reply));
        if (!asked.isDone()) {
            int status = reply.join().statusCode();
            throw new UncheckedIOException(new IOException("the body was not asked for: the answer was " + status));
        }
    }

    /** Is asked for when the server has said that it may come, and comes when it is released; nobody asks for an empty one. */
    private BodyPublisher heldBack(BodyPublisher body, CompletableFuture<Void> asked) {
        return body.contentLength() == 0
                ? body
                : BodyPublishers.fromPublisher(
                        subscriber -> {
                            asked.complete(null);
                            released.thenRun(() -> body.subscribe(subscriber));
                        },
                        body.contentLength());
    }

    /**
     * Sends the body, and returns the status of the reply.
     *
     * @throws UncheckedIOException where none comes
     */
    public int finish() {
        released.complete(null);
        status = result(reply).statusCode();
        return status;
    }

    /** The status of the reply; 0 as long as it has not been waited for. */
    public int status() {
        return status;
    }

    /** Gives up a request that has not been finished. */
    @Override
    public void close() {
        reply.cancel(true);
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new UncheckedIOException(new IOException(e.getCause().getMessage(), e.getCause()));
        }
    }
}
