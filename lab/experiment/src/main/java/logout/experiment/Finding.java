package logout.experiment;

import java.util.List;

/**
 * What was observed of a condition.
 *
 * @param cookies the names of the cookies that it is about
 */
public record Finding(Condition condition, Observation observation, List<String> cookies) {

    public Verdict verdict() {
        return observation.verdict();
    }

    /** What was seen, or why nothing was, in a sentence or two. */
    public String seen() {
        return condition.seen(observation);
    }
}
