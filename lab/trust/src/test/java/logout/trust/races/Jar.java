package logout.trust.races;

import java.util.List;

/** The session cookie that a browser holds. Its tabs share it. */
final class Jar {

    private String cookie;

    /** The session cookie's value, or null. */
    synchronized String cookie() {
        return cookie;
    }

    /** Keeps what a reply sets, in its order; an empty value is a deletion. */
    synchronized void keep(List<String> set) {
        for (String value : set) {
            cookie = value.isEmpty() ? null : value;
        }
    }
}
