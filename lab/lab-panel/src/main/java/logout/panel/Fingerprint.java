package logout.panel;

/**
 * How a session's id is shown: by a short fingerprint that cannot be turned back into the id.
 *
 * @param label six hexadecimal digits
 * @param look which mark it has, a shape in a colour: see {@link Looks}
 */
public record Fingerprint(String label, int look) {}
