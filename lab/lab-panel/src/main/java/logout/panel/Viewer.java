package logout.panel;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import spark.Request;

/**
 * The browser that looks at the panel, known by the session cookies that it has held. Its page remembers their
 * fingerprints and tells them with each request, since after a logout the browser may hold no cookie.
 *
 * @param held the labels of the fingerprints
 */
record Viewer(Set<String> held) {

    /** The parameter with which the page tells them, with commas between them. */
    private static final String PARAMETER = "held";

    /**
     * The browser that sent a request.
     *
     * @param cookies of the session cookies that came along
     */
    static Viewer of(Request request, List<Fingerprint> cookies) {
        String told = request.raw().getParameter(PARAMETER);
        Stream<String> before = told == null ? Stream.empty() : Stream.of(told.split(","));
        Stream<String> now = cookies.stream().map(Fingerprint::label);
        return new Viewer(Stream.concat(before, now).collect(Collectors.toSet()));
    }

    /** Whether a logout was this browser's own: it held the id from before, or holds the one that the logout set. */
    boolean hasSent(ObservedLogout logout) {
        Residue residue = logout.residue();
        return has(residue.oldId()) || has(residue.newId());
    }

    boolean has(Fingerprint fingerprint) {
        return fingerprint != null && held.contains(fingerprint.label());
    }
}
