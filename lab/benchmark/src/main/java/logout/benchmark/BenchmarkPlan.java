package logout.benchmark;

import java.util.List;

/**
 * How much a benchmark measures.
 *
 * @param sizes how many rows the session store holds, smallest first
 * @param clients how many clients log out at once
 * @param warmUp how many requests of each kind are sent before any counts
 * @param rounds how often each measurement is repeated
 * @param requests how many requests make a round
 * @param starts how often each program is started
 */
public record BenchmarkPlan(
        List<Integer> sizes, List<Integer> clients, int warmUp, int rounds, int requests, int starts) {

    /** Takes some minutes. */
    public static final BenchmarkPlan FULL =
            new BenchmarkPlan(List.of(1_000, 100_000, 1_000_000), List.of(1, 16), 6_000, 7, 400, 7);
}
