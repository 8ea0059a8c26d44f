package logout.experiment;

import java.net.URI;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The cookies of a browser, kept as RFC 6265bis says: a cookie is known by its name, its domain, its path and its partition,
 * and a deletion that names another one of these misses. (Java's own {@code CookieManager} differs in some ten ways.)
 */
public final class CookieJar {

    private final List<Cookie> cookies = new ArrayList<>();

    /** Another jar with the same cookies. */
    public synchronized CookieJar copy() {
        CookieJar copy = new CookieJar();
        copy.cookies.addAll(cookies);
        return copy;
    }

    /**
     * Does what the {@code Set-Cookie} headers of a reply say, in their order.
     *
     * @return the deletions among them that delete nothing, although there is a cookie of that name
     */
    public synchronized List<IneffectiveDeletion> keep(URI address, List<String> setCookies) {
        List<IneffectiveDeletion> misses = new ArrayList<>();
        for (String header : setCookies) {
            Cookie cookie = Cookie.parse(address, header);
            boolean kept = cookie.mayBeSetBy(address);
            boolean replaced = kept && cookies.removeIf(cookie::replaces);
            if (kept && !cookie.isOver()) {
                cookies.add(cookie);
            } else if (cookie.isOver() && !replaced) {
                cookies.stream()
                        .filter(other -> other.name().equals(cookie.name()))
                        .findFirst()
                        .ifPresent(other ->
                                misses.add(new IneffectiveDeletion(cookie.name(), cookie.whyItMisses(other, kept))));
            }
        }
        return misses;
    }

    /** The cookies that are held, in no order that means anything. */
    public synchronized List<Held> held() {
        cookies.removeIf(Cookie::isOver);
        return cookies.stream()
                .map(cookie -> new Held(cookie.name(), cookie.value()))
                .toList();
    }

    /** Forgets the cookies of this name. */
    public synchronized void drop(String name) {
        cookies.removeIf(cookie -> cookie.name().equals(name));
    }

    /** The {@code Cookie} header for a request to this address, or null where no cookie goes there. */
    public String header(URI address) {
        String header = matching(address).stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        return header.isEmpty() ? null : header;
    }

    /** The value of the cookie of this name that goes first to this address, or null. */
    public String value(URI address, String name) {
        return matching(address).stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst()
                .orElse(null);
    }

    /** Longer paths first (section 5.8.3). */
    private synchronized List<Cookie> matching(URI address) {
        cookies.removeIf(Cookie::isOver);
        return cookies.stream()
                .filter(cookie -> cookie.goesTo(address))
                .sorted(Comparator.comparing(cookie -> -cookie.path().length()))
                .toList();
    }

    /** A deletion that deletes nothing, and why, as the end of a sentence. */
    public record IneffectiveDeletion(String name, String reason) {}

    /** A cookie, as far as others need to know. */
    public record Held(String name, String value) {}

    /**
     * One cookie.
     *
     * @param domain its host, with a dot before it where the cookie goes to the hosts below it, too
     * @param partitioned whether it belongs to the site of the page around it; in this jar that is always its own
     * @param expires when it is over; null where it ends with the browser
     */
    private record Cookie(
            String name,
            String value,
            String domain,
            String path,
            boolean secure,
            boolean partitioned,
            Instant expires) {

        /** The cookie that a header sets, whether or not a browser would take it. */
        static Cookie parse(URI address, String header) {
            String[] parts = header.split(";");
            int equals = parts[0].indexOf('=');
            String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
            String domain = address.getHost();
            String path = defaultPath(address);
            boolean secure = false;
            boolean partitioned = false;
            Instant expires = null;
            boolean hasMaxAge = false;
            for (int i = 1; i < parts.length; i++) {
                String[] attribute = parts[i].split("=", 2);
                String given = attribute.length == 2 ? attribute[1].strip() : "";
                switch (attribute[0].strip().toLowerCase(Locale.ROOT)) {
                    case "path" -> path = given.startsWith("/") ? given : defaultPath(address);
                    case "domain" -> domain = domain(address.getHost(), given.replaceFirst("^\\.", ""));
                    case "secure" -> secure = true;
                    case "partitioned" -> partitioned = true;
                    case "max-age" -> {
                        hasMaxAge = given.matches("-?\\d{1,15}");
                        expires = hasMaxAge ? Instant.now().plusSeconds(Long.parseLong(given)) : expires;
                    }
                    case "expires" -> expires = hasMaxAge ? expires : time(given, expires);
                    default -> {}
                }
            }
            return new Cookie(
                    name,
                    parts[0].substring(equals + 1).strip(),
                    domain.toLowerCase(Locale.ROOT),
                    path,
                    secure,
                    partitioned,
                    expires);
        }

        /** There is nothing below localhost or an IP address: naming it says no more than naming none. */
        private static String domain(String host, String given) {
            return given.isEmpty() || given.equalsIgnoreCase(host) && host.matches("[^.]*|[\\d.]+")
                    ? host
                    : "." + given;
        }

        private static String defaultPath(URI address) {
            int end = address.getPath().lastIndexOf('/');
            return end <= 0 ? "/" : address.getPath().substring(0, end);
        }

        private static Instant time(String given, Instant otherwise) {
            try {
                return ZonedDateTime.parse(given.replace('-', ' '), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
            } catch (DateTimeParseException e) {
                return otherwise;
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
            if (!path.equals(other.path)) {
                return "the cookie's path is " + other.path + ", the deletion's is " + path;
            }
            return partitioned
                    ? "the cookie is not partitioned, the deletion is"
                    : "the cookie is partitioned, the deletion is not";
        }

        boolean replaces(Cookie other) {
            return name.equals(other.name)
                    && domain.equals(other.domain)
                    && path.equals(other.path)
                    && partitioned == other.partitioned;
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
}
