package logout.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends the same request with many session cookies, over loopback and connections that are kept open. */
final class Load {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private final String cookieName;

    Load(URI address, String cookieName) {
        this.address = address;
        this.cookieName = cookieName;
    }

    /**
     * Sends one request for each cookie.
     *
     * @param clients how many requests are on their way at once
     * @throws IOException where a request fails, or its status is 400 or above
     */
    Round send(String method, String path, Collection<String> cookies, int clients) throws IOException {
        Callable<List<Long>> client = client(method, path, new ConcurrentLinkedQueue<>(cookies));
        long began = System.nanoTime();
        List<Long> latencies =
                atOnce(clients, client).stream().flatMap(List::stream).toList();
        return Round.of(latencies, System.nanoTime() - began);
    }

    /**
     * Lets so many clients do the same at once, and returns what each of them has done.
     *
     * @throws IOException where one of them fails
     */
    static <T> List<T> atOnce(int clients, Callable<T> client) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<T> done = new ArrayList<>();
            for (Future<T> one : pool.invokeAll(Collections.nCopies(clients, client))) {
                done.add(one.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while measuring.", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private Callable<List<Long>> client(String method, String path, Queue<String> waiting) {
        return () -> {
            List<Long> latencies = new ArrayList<>();
            for (String cookie = waiting.poll(); cookie != null; cookie = waiting.poll()) {
                long began = System.nanoTime();
                int status = status(method, path, cookie);
                latencies.add(System.nanoTime() - began);
                if (status >= 400) {
                    throw new IOException(method + " " + path + " was answered " + status + ".");
                }
            }
            return latencies;
        };
    }

    /** The status that one request gets. */
    int status(String method, String path, String cookie) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(TIMEOUT)
                .header("Cookie", cookieName + "=" + cookie)
                .method(method, BodyPublishers.noBody())
                .build();
        HttpResponse<Void> reply = CLIENT.send(request, BodyHandlers.discarding());
        return reply.statusCode();
    }
}
