package logout.experiment;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cookie as a {@code Set-Cookie} header sets it (RFC 6265bis, section 5.6).
 *
 * @param domain its host, with a dot before it where the cookie goes to the hosts below it, too
 * @param partitioned whether it belongs to the site of the page around it; in a {@link CookieJar} that is always its own
 * @param sameSite {@code strict}, {@code lax}, {@code none}; all else, such as nothing at all, counts as unset
 * @param expires when it is over; null where it ends with the browser
 */
public record Cookie(
        String name,
        String value,
        String domain,
        String path,
        boolean secure,
        boolean partitioned,
        String sameSite,
        Instant expires) {

    private static final Pattern CLOCK = Pattern.compile("(?<!\\d)(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?!\\d)");
    private static final Pattern DAY = Pattern.compile("(?<!\\d)\\d{1,2}(?!\\d)");
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)\\d{2,4}(?!\\d)");
    private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";
    private static final Pattern MONTH = Pattern.compile("(?i)\\b(" + MONTHS.replace(' ', '|') + ")");

    /** The cookie that a header sets, whether or not a browser would take it. */
    public static Cookie parse(URI address, String header) {
        String[] parts = header.split(";", -1);
        int equals = parts[0].indexOf('=');
        Map<String, String> attributes = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] attribute = parts[i].split("=", 2);
            String key = attribute[0].strip().toLowerCase(Locale.ROOT);
            String given = attribute.length == 2 ? attribute[1].strip() : "";
            boolean isLegible = switch (key) {
                case "max-age" -> given.matches("-?\\d{1,15}");
                case "expires" -> time(given) != null;
                default -> true;
            };
            // Browsers pass over what they cannot read: an earlier one of its name holds.
            if (isLegible) {
                attributes.put(key, given);
            }
        }
        String path = attributes.getOrDefault("path", "");
        String maxAge = attributes.get("max-age");
        return new Cookie(
                equals < 0 ? "" : parts[0].substring(0, equals).strip(),
                parts[0].substring(equals + 1).strip(),
                domain(address.getHost(), attributes.getOrDefault("domain", "").replaceFirst("^\\.", "")),
                path.startsWith("/") ? path : defaultPath(address),
                attributes.containsKey("secure"),
                attributes.containsKey("partitioned"),
                attributes.getOrDefault("samesite", "").toLowerCase(Locale.ROOT),
                maxAge == null
                        ? time(attributes.getOrDefault("expires", ""))
                        : Instant.now().plusSeconds(Long.parseLong(maxAge)));
    }

    /** There is nothing below localhost or an IP address: naming it says no more than naming none. */
    private static String domain(String host, String given) {
        boolean isHost = given.isEmpty() || given.equalsIgnoreCase(host) && host.matches("[^.]*|[\\d.]+");
        return (isHost ? host : "." + given).toLowerCase(Locale.ROOT);
    }

    private static String defaultPath(URI address) {
        int end = address.getPath().lastIndexOf('/');
        return end <= 0 ? "/" : address.getPath().substring(0, end);
    }

    /** A date as browsers read it (RFC 6265, section 5.1.1): its parts by their form, in any order. Null for none. */
    private static Instant time(String given) {
        Matcher clock = CLOCK.matcher(given);
        Matcher month = MONTH.matcher(given);
        Matcher day = DAY.matcher(clock.replaceAll(" "));
        Matcher year = YEAR.matcher(day.replaceFirst(" "));
        if (!clock.reset().find() || !month.find() || !day.reset().find() || !year.find()) {
            return null;
        }
        try {
            int number = Integer.parseInt(year.group());
            return LocalDateTime.of(
                            number < 70 ? 2000 + number : number < 100 ? 1900 + number : number,
                            MONTHS.indexOf(month.group(1).toLowerCase(Locale.ROOT)) / 4 + 1,
                            Integer.parseInt(day.group()),
                            Integer.parseInt(clock.group(1)),
                            Integer.parseInt(clock.group(2)),
                            Integer.parseInt(clock.group(3)))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    boolean mayBeSetBy(URI address) {
        boolean prefixKept = !name.startsWith("__Host-") || (secure && !domain.startsWith(".") && path.equals("/"));
        boolean secureKept = !secure && !name.startsWith("__Secure-") || secure && isTrustworthy(address);
        return prefixKept && secureKept && (secure || !partitioned) && domainMatches(address.getHost());
    }

    private boolean domainMatches(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals(domain) || domain.startsWith(".") && ("." + lower).endsWith(domain);
    }

    /** Browsers take this machine's own http for as safe as https. */
    private static boolean isTrustworthy(URI address) {
        return address.getScheme().equals("https")
                || List.of("localhost", "127.0.0.1", "[::1]").contains(address.getHost());
    }

    /** Why this deletion does not delete another cookie of its name, as the end of a sentence. */
    String whyItMisses(Cookie other, boolean kept) {
        if (!kept) {
            return "the browser refuses it (Secure, Domain, or the rules for a __Host- or __Secure- name)";
        }
        if (!domain.equals(other.domain)) {
            return "the cookie's domain is " + other.domain + ", the deletion's is " + domain;
        }
        return !path.equals(other.path)
                ? "the cookie's path is " + other.path + ", the deletion's is " + path
                : partitioned
                        ? "the cookie is not partitioned, the deletion is"
                        : "the cookie is partitioned, the deletion is not";
    }

    /** Whether it is one and the same cookie, whatever its value. */
    boolean replaces(Cookie other) {
        return name.equals(other.name)
                && domain.equals(other.domain)
                && path.equals(other.path)
                && partitioned == other.partitioned;
    }

    /** Whether it holds no session: it is over, or empty. */
    public boolean isDeletion() {
        return isOver() || value.isEmpty();
    }

    /**
     * Whether a browser sends it where a page of another site makes it send a request: measured in Firefox 153 ESR and Chromium
     * 156. A link or a form brings all but {@code Strict} along with a GET, and with a POST those for which {@code SameSite} is
     * unset, as long as they are new.
     */
    boolean comesFromAnotherSite(String method) {
        return switch (sameSite) {
            case "none" -> true;
            case "strict" -> false;
            case "lax" -> method.equals("GET");
            default -> method.equals("GET") || method.equals("POST");
        };
    }

    boolean isOver() {
        return expires != null && !expires.isAfter(Instant.now());
    }

    boolean goesTo(URI address) {
        String target = address.getPath().isEmpty() ? "/" : address.getPath();
        boolean pathMatches = target.equals(path)
                || target.startsWith(path) && (path.endsWith("/") || target.charAt(path.length()) == '/');
        return pathMatches && domainMatches(address.getHost()) && (!secure || isTrustworthy(address));
    }
}
