package logout.benchmark;

import java.util.List;

/**
 * What the rounds of one kind of request took.
 *
 * @param what the request, in words
 * @param clients how many clients sent it at once
 * @param rows how many rows the session store held
 * @param rounds what each round took
 */
record Measurement(String what, int clients, int rows, List<Round> rounds) {

    Statistics perSecond() {
        return new Statistics(rounds.stream().map(Round::perSecond).toList());
    }

    Statistics p50() {
        return new Statistics(rounds.stream().map(Round::p50).toList());
    }

    Statistics p99() {
        return new Statistics(rounds.stream().map(Round::p99).toList());
    }
}
