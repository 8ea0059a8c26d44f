package logout.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import logout.experiment.Call;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;

/**
 * What a round of requests took.
 *
 * @param perSecond requests per second, all clients together
 * @param p50 the median latency in milliseconds
 */
record Round(double perSecond, double p50) {

    /**
     * Logs these users out, so many at once.
     *
     * @throws IOException where one fails, or somebody is still logged in: a logout may be quick because it does nothing
     */
    static Round of(int clients, List<HttpUser> users, PageProtocol protocol, Call logout) throws IOException {
        List<HttpUser> copies = users.stream().map(HttpUser::copy).toList();
        ForkJoinPool pool = new ForkJoinPool(clients);
        long began = System.nanoTime();
        double[] latencies = pool.submit(() -> users.parallelStream()
                        .mapToDouble(user -> millis(user, logout))
                        .sorted()
                        .toArray())
                .join();
        double seconds = (System.nanoTime() - began) / 1e9;
        pool.shutdown();
        for (HttpUser copy : copies) {
            if (copy.isLoggedIn(protocol)) {
                throw new IOException(logout + " has not logged out whom it should.");
            }
        }
        return new Round(users.size() / seconds, latencies[latencies.length / 2]);
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
