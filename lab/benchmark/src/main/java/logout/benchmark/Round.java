package logout.benchmark;

import java.util.List;

/**
 * What one round of requests took.
 *
 * @param perSecond requests per second, all clients together
 * @param p50 the median latency in milliseconds
 * @param p99 the latency in milliseconds that 99 of 100 requests did not exceed
 */
record Round(double perSecond, double p50, double p99) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * From the latencies of all requests.
     *
     * @param nanos each request's latency in nanoseconds
     * @param total what all took together, in nanoseconds
     */
    static Round of(List<Long> nanos, long total) {
        Statistics latencies =
                new Statistics(nanos.stream().map(one -> one / NANOS_PER_MILLI).toList());
        return new Round(nanos.size() / (total / NANOS_PER_SECOND), latencies.quantile(0.5), latencies.quantile(0.99));
    }
}
