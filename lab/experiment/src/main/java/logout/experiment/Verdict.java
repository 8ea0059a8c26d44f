package logout.experiment;

import java.util.Locale;

/** What an observation says of a weakness. */
public enum Verdict {
    /** It was seen. */
    YES,
    /** It was tried, and seen not to be so. */
    NO,
    NOT_SEEN,
    /** The question has no meaning here. */
    MOOT;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
