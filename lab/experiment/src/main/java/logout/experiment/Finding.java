package logout.experiment;

import java.util.List;

/** What was observed of a condition. */
public record Finding(Condition condition, Observation observation) {

    public Verdict verdict() {
        return observation.verdict();
    }

    /** What was seen, or why nothing was, in a sentence or two. */
    public String seen() {
        return condition.seen(observation);
    }

    /** The names of the cookies that it is about. */
    public List<String> cookies() {
        return observation.cookies();
    }
}
