package logout.experiment;

/** What an observation says of a weakness. */
public enum Verdict {
    /** It was seen. */
    YES("yes"),
    /** It was tried, and seen not to be so. */
    NO("no"),
    NOT_SEEN("not-seen"),
    /** The question has no meaning here. */
    MOOT("moot");

    private final String id;

    Verdict(String id) {
        this.id = id;
    }

    /** Its name for programs. */
    public String id() {
        return id;
    }
}
