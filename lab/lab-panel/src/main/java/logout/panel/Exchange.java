package logout.panel;

import java.time.Instant;
import java.util.List;

/**
 * One request and its reply, as the lab panel shows them: without ids.
 *
 * @param number counts up from 1, in the order of the replies
 * @param by who sent the request: a browser, a visitor of the comparison page, or one of the panel's own tries
 * @param sent the session cookie that the server took, or null where none came along
 * @param others the session cookies that came along and that the server did not take
 * @param set what each {@code Set-Cookie} of the reply does to the session cookie, in their order
 * @param overwritten whether the route had asked for a deletion that is not in the reply
 */
record Exchange(
        int number,
        Instant time,
        String by,
        String method,
        String path,
        int status,
        Fingerprint sent,
        List<OtherCookie> others,
        List<SetCookie> set,
        boolean overwritten) {

    /**
     * The headers of an exchange, without ids.
     *
     * @param request the request line and the headers
     * @param response the status line and the headers
     */
    record Headers(List<String> request, List<String> response) {}

    /**
     * A session cookie beside the one that the server took.
     *
     * @param name as it was sent: Jetty compares names without regard to case
     * @param fingerprint of its value, or null where that is empty
     */
    record OtherCookie(String name, Fingerprint fingerprint) {}

    /**
     * What one {@code Set-Cookie} does.
     *
     * @param what a new id, or a deletion
     * @param fingerprint of the new id, or null
     */
    record SetCookie(String what, Fingerprint fingerprint) {
        static final String NEW_ID = "new id";
        static final String DELETION = "deletion";
        static final SetCookie DELETE = new SetCookie(DELETION, null);
    }
}
