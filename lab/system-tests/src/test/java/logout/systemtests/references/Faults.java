package logout.systemtests.references;

import java.util.LinkedHashSet;
import java.util.Set;

/** What a probe sees that ought not to be, in words. */
final class Faults {

    private final Set<String> seen = new LinkedHashSet<>();

    /** Takes a fault down if it is there. */
    Faults when(boolean isThere, String words) {
        if (isThere) {
            seen.add(words);
        }
        return this;
    }

    /** What they amount to. */
    Verdict verdict() {
        return seen.isEmpty() ? Verdict.MEETS : Verdict.fails(seen.toArray(String[]::new));
    }
}
