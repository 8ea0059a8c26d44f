package logout.experiment;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The cookies of a browser, kept as RFC 6265bis says: a cookie is known by its name, its domain, its path and its partition,
 * and a deletion that names another one of these misses. (Java's own {@code CookieManager} differs in some ten ways.)
 */
public final class CookieJar {

    private final List<Cookie> cookies = new ArrayList<>();

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
            if (cookie.name().isEmpty() && cookie.value().isEmpty()) {
                continue;
            }
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

    /** The cookies that are held, for whatever address, in no order that means anything. */
    public synchronized List<Cookie> held() {
        cookies.removeIf(Cookie::isOver);
        return List.copyOf(cookies);
    }

    public synchronized void drop(String name) {
        cookies.removeIf(cookie -> cookie.name().equals(name));
    }

    /** The {@code Cookie} header for a request to this address, or null where no cookie goes there. */
    public String header(URI address) {
        return header(address, cookie -> true);
    }

    /** The same, of those cookies that are not held back. */
    String header(URI address, Predicate<Cookie> goes) {
        String header = matching(address).stream()
                .filter(goes)
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
    private List<Cookie> matching(URI address) {
        return held().stream()
                .filter(cookie -> cookie.goesTo(address))
                .sorted(Comparator.comparing(cookie -> -cookie.path().length()))
                .toList();
    }

    /** A deletion that deletes nothing, and why, as the end of a sentence. */
    public record IneffectiveDeletion(String name, String reason) {}
}
