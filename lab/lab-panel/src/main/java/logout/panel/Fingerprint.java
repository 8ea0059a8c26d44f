package logout.panel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.annotations.JsonAdapter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a session's id is shown: by a short fingerprint that cannot be turned back into the id, and by a mark. The same id always
 * has the same one, as long as the program runs; the key is made anew at every start, so that nobody can look for the id of a
 * fingerprint.
 *
 * @param label six hexadecimal digits
 */
@JsonAdapter(Fingerprint.Marked.class)
public record Fingerprint(String label) {

    private static final int LABEL_BYTES = 3;

    /** Made once: to look for the algorithm takes Java longer than to use it. */
    private static final Mac MAC = newMac("HmacSHA256");

    /** What may be an id as Jetty makes it: two random numbers of 63 bits and a counter, in letters and digits. */
    private static final Pattern ID = Pattern.compile("[0-9a-z]{20,}");

    /** A cookie in a header: what comes before its value, and the value. */
    private static final Pattern COOKIE = Pattern.compile("((?:^|;)(?:[^=;]*=)?)([^;]*)");

    private static Mac newMac(String algorithm) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(random, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + algorithm + ".", e);
        }
    }

    /**
     * The fingerprint of an id.
     *
     * @param cookieOrId the value of a session cookie, or the key of a row; null or empty makes no fingerprint
     */
    public static Fingerprint of(String cookieOrId) {
        if (cookieOrId == null || cookieOrId.isEmpty()) {
            return null;
        }
        synchronized (MAC) {
            byte[] digest = MAC.doFinal(cookieOrId.getBytes(StandardCharsets.UTF_8));
            return new Fingerprint(HexFormat.of().formatHex(digest, 0, LABEL_BYTES));
        }
    }

    /** The value of a header, without ids: where it is one of a cookie, whatever the cookie's value is. */
    static String mask(String header, String value) {
        Matcher cookie = COOKIE.matcher(value);
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "cookie" -> cookie.replaceAll(Fingerprint::masked);
            case "set-cookie" -> cookie.replaceFirst(Fingerprint::masked);
            default -> maskIds(value);
        };
    }

    private static String masked(MatchResult cookie) {
        Fingerprint fingerprint = of(cookie.group(2).strip());
        return Matcher.quoteReplacement(cookie.group(1)) + (fingerprint == null ? "" : fingerprint.inText());
    }

    /** A text in which whatever may be an id is replaced by its fingerprint. */
    static String maskIds(String text) {
        return ID.matcher(text).replaceAll(id -> of(id.group()).inText());
    }

    private String inText() {
        return "‹" + label + "›";
    }

    /**
     * Gives it its mark when it is shown, and not before: an id that nobody sees needs none. A mark is a shape in a colour: the
     * shape is its number modulo {@value #SHAPES}. The last {@value #SHAPES} ids that were shown differ in shape, so also for
     * those who see no colours; the last {@value #COUNT} differ in the mark. One for the whole process: a page can show ids of
     * several stages.
     */
    static final class Marked implements JsonSerializer<Fingerprint> {
        private static final int SHAPES = 12;
        private static final int COUNT = 48;

        /** By label, the one that was shown longest ago first; before any is shown, by names that are no labels. */
        private static final Map<String, Integer> MARKS = new LinkedHashMap<>(COUNT, 0.75f, true);

        /** When each shape was shown last, counted in ids. */
        private static final long[] SHOWN = new long[SHAPES];

        private static long shown;

        static {
            for (int mark = 0; mark < COUNT; mark++) {
                MARKS.put("none yet: " + mark, mark);
            }
        }

        @Override
        public JsonElement serialize(Fingerprint fingerprint, Type type, JsonSerializationContext context) {
            JsonObject marked = new JsonObject();
            marked.addProperty("label", fingerprint.label());
            marked.addProperty("mark", mark(fingerprint.label()));
            return marked;
        }

        private static synchronized int mark(String label) {
            if (!MARKS.containsKey(label)) {
                MARKS.put(label, MARKS.remove(leastRecent()));
            }
            int mark = MARKS.get(label);
            SHOWN[mark % SHAPES] = ++shown;
            return mark;
        }

        /** Of the shape that was shown longest ago, the label that was shown longest ago. */
        private static String leastRecent() {
            return MARKS.entrySet().stream()
                    .min(Comparator.comparingLong(given -> SHOWN[given.getValue() % SHAPES]))
                    .orElseThrow()
                    .getKey();
        }
    }
}
