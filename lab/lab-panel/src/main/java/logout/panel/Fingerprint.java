package logout.panel;

/**
 * How a session's id is shown: by a short fingerprint that cannot be turned back into the id.
 *
 * @param label six hexadecimal digits
 * @param hue one of the colours 0 to {@value #HUES} - 1; two ids can share one, so the label counts
 */
public record Fingerprint(String label, int hue) {

    /** How many colours there are. */
    static final int HUES = 12;
}
