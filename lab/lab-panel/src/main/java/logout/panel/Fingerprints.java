package logout.panel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes fingerprints of ids, and texts without ids. The same id always makes the same fingerprint, as long as the
 * program runs; the key is made anew at every start, so that nobody can look for the id of a fingerprint.
 */
public final class Fingerprints {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LABEL_BYTES = 3;

    /** What may be an id as Jetty makes it: two random numbers of 63 bits and a counter, in letters and digits. */
    private static final Pattern ID = Pattern.compile("[0-9a-z]{20,}");

    /** Made once: to look for the algorithm takes Java longer than to use it. */
    private final Mac mac;

    /** Fingerprints under a key of their own. */
    public Fingerprints() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(random, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
        }
    }

    /**
     * The fingerprint of an id.
     *
     * @param cookieOrId the value of a session cookie, or the key of a row; null or empty makes no fingerprint
     */
    public Fingerprint of(String cookieOrId) {
        if (cookieOrId == null || cookieOrId.isEmpty()) {
            return null;
        }
        return new Fingerprint(HexFormat.of().formatHex(digest(cookieOrId), 0, LABEL_BYTES));
    }

    /** The value of a header, without ids: where it is one of a cookie, whatever the cookie's value is. */
    String mask(String header, String value) {
        if (header.equalsIgnoreCase("Cookie")) {
            return Arrays.stream(value.split(";")).map(this::maskPair).collect(Collectors.joining(";"));
        }
        if (!header.equalsIgnoreCase("Set-Cookie")) {
            return maskIds(value);
        }
        int end = value.indexOf(';');
        return end < 0 ? maskPair(value) : maskPair(value.substring(0, end)) + value.substring(end);
    }

    private String maskPair(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals + 1);
        Fingerprint fingerprint = of(pair.substring(equals + 1).strip());
        return fingerprint == null ? name : name + "‹" + fingerprint.label() + "›";
    }

    /** A text in which whatever may be an id is replaced by its fingerprint. */
    String maskIds(String text) {
        return ID.matcher(text).replaceAll(id -> "‹" + of(id.group()).label() + "›");
    }

    private synchronized byte[] digest(String id) {
        return mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
    }
}
