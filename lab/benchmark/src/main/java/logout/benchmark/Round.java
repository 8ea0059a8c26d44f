package logout.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import logout.experiment.Call;
import logout.experiment.HttpUser;

/**
 * What a round of requests took.
 *
 * @param perSecond requests per second, all clients together
 * @param p50 the median latency in milliseconds
 */
record Round(double perSecond, double p50) {

    /**
     * Lets each of these users send this request, so many at once.
     *
     * @throws UncheckedIOException where one fails, or its status is 400 or above
     */
    static Round of(int clients, List<HttpUser> users, Call call) {
        ForkJoinPool pool = new ForkJoinPool(clients);
        try {
            long began = System.nanoTime();
            double[] latencies = pool.submit(() -> users.parallelStream()
                            .mapToDouble(user -> millis(user, call))
                            .sorted()
                            .toArray())
                    .join();
            return new Round(users.size() * 1e9 / (System.nanoTime() - began), latencies[latencies.length / 2]);
        } finally {
            pool.shutdownNow();
        }
    }

    private static double millis(HttpUser user, Call call) {
        try {
            long began = System.nanoTime();
            int status = user.send(call).statusCode();
            if (status >= 400) {
                throw new IOException(call + " was answered " + status + ".");
            }
            return (System.nanoTime() - began) / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
