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

    Figures perSecond() {
        return new Figures(rounds.stream().map(Round::perSecond).toList());
    }

    Figures p50() {
        return new Figures(rounds.stream().map(Round::p50).toList());
    }

    Figures p99() {
        return new Figures(rounds.stream().map(Round::p99).toList());
    }
}
