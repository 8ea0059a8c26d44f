package logout.app;

import java.util.List;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.session.SessionHandler;

/**
 * The session cookie of one stage: the only place that knows its name, its path and its attributes.
 *
 * <p>A browser drops a cookie only when the deletion has the same name, domain <em>and</em> path (RFC
 * 6265bis, section 5.7). Its domain is left out; whoever clears it takes the other two from here.
 *
 * @param name for example {@code stage-03.sid}
 * @param path the path it is sent for
 */
public record SessionCookie(String name, String path) {

    private static final HttpCookie.SameSite SAME_SITE = HttpCookie.SameSite.LAX;

    /** The attributes that the session cookie is set with, as they stand in its {@code Set-Cookie}. */
    public List<String> attributes() {
        return List.of("Path=" + path, "HttpOnly", "SameSite=" + SAME_SITE.getAttributeValue());
    }

    /**
     * Makes Jetty write the cookie of every session it creates this way: out of reach of scripts,
     * sent along with what another site asks for only where that opens a page by {@code GET}, and, by Jetty's
     * default, only over https where it was set over https.
     */
    public void applyTo(SessionHandler sessions) {
        sessions.setSessionCookie(name);
        sessions.getSessionCookieConfig().setPath(path);
        sessions.setHttpOnly(true);
        sessions.setSameSite(SAME_SITE);
    }
}
