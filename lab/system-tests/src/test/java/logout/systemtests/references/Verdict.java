package logout.systemtests.references;

import java.util.List;

/**
 * Whether a logout meets a condition.
 *
 * @param reasons in words: what was seen that ought not to be, or why the condition does not apply; none where it is met
 */
record Verdict(Kind kind, List<String> reasons) {

    static final Verdict MEETS = new Verdict(Kind.MEETS, List.of());

    static Verdict fails(String... faults) {
        return new Verdict(Kind.FAILS, List.of(faults));
    }

    static Verdict doesNotApply(String reason) {
        return new Verdict(Kind.DOES_NOT_APPLY, List.of(reason));
    }

    /** For example "no: the old row stays". */
    String inWords() {
        return reasons.isEmpty() ? kind.words : kind.words + ": " + String.join("; ", reasons);
    }

    enum Kind {
        MEETS("yes"),
        FAILS("no"),
        DOES_NOT_APPLY("does not apply");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
