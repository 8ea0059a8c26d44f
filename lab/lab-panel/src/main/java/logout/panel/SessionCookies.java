package logout.panel;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.app.SessionCookie;
import logout.panel.Exchange.SetCookie;

/** Finds a stage's session cookies in what is sent and in what is set. */
record SessionCookies(URI address, SessionCookie cookie, Fingerprints fingerprints) {

    /**
     * All session cookies of a request, in the order in which they were sent. A browser can hold several of this name,
     * for several paths or hosts; and Jetty compares names without regard to case.
     */
    Stream<Cookie> sentBy(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Stream.empty()
                : Stream.of(cookies).filter(sent -> sent.getName().equalsIgnoreCase(cookie.name()));
    }

    /** What each {@code Set-Cookie} of a reply does to the session cookie, in their order. */
    List<SetCookie> setBy(HttpServletResponse response) {
        return response.getHeaders("Set-Cookie").stream()
                .map(header -> logout.experiment.Cookie.parse(address, header))
                .filter(set -> set.name().equals(cookie.name()))
                .map(set -> set.isDeletion()
                        ? SetCookie.DELETE
                        : new SetCookie(SetCookie.NEW_ID, fingerprints.of(set.value())))
                .toList();
    }
}
