package logout.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;

/**
 * What somebody else could do to a user's session, tried. Whoever calls a probe has proved, just before, that the user is
 * logged in; each looks afterwards in the same way.
 */
public record Probes(LogoutUnderTest app) {

    /** Looks for something that an app may not answer. */
    public interface Look {
        Observation observe() throws IOException;
    }

    /**
     * What a copy of the cookies from before a logout still finds.
     *
     * @param cookie the session cookie among them, or null
     */
    public Observation.Replay replay(HttpUser thief, String cookie) throws IOException {
        StoredSession row = cookie == null ? null : app.session(cookie);
        boolean alive = row != null && !row.isExpired();
        return new Observation.Replay(app.isLoggedIn(thief), app.readsNote(thief), alive);
    }

    /**
     * What comes of a logout that a page of another site makes the user's browser send: without a cookie, and then with those
     * that {@code SameSite} does not hold back.
     *
     * @param copy holds the same as the victim
     * @throws IOException where the victim is not logged in when the cookies are to go along, or the app does not answer
     */
    public Observation.ForeignLogout forge(HttpUser victim, HttpUser copy, Call forged) throws IOException {
        boolean cookieGone = isLoggedOutBy(forged, copy, false);
        if (!app.isLoggedIn(victim)) {
            throw new IOException("the user was not logged in any more when the cookies were to go along");
        }
        HttpUser thief = victim.copy();
        boolean out = victim.cookiesFromAnotherSite(forged) != null && isLoggedOutBy(forged, victim, true);
        return new Observation.ForeignLogout(out, out && app.isLoggedIn(thief), cookieGone, forged.method());
    }

    private boolean isLoggedOutBy(Call forged, HttpUser victim, boolean withCookies) throws IOException {
        try {
            app.atLogout(victim).sendFromAnotherSite(forged, withCookies);
        } catch (HttpTimeoutException e) {
            // Nothing comes back to the browser; what was done is seen next.
        }
        return !app.isLoggedIn(victim);
    }

    /**
     * Begins to save a note with this user's cookies.
     *
     * @throws UncheckedIOException where the app answers without asking for the note, or not at all
     */
    public RequestInFlight beginSave(HttpUser user, String note) throws IOException {
        HttpUser copy = user.copy();
        return copy.begin(app.keepNote(user, note));
    }

    /**
     * Ends the save of a note; somebody has logged out meanwhile.
     *
     * @param copy holds the cookies with which it began
     * @throws UncheckedIOException where no reply comes
     */
    public Observation endSave(RequestInFlight save, HttpUser copy) throws IOException {
        if (app.isLoggedIn(copy)) {
            return Observation.noMeaning("a copy of the cookies is logged in after the logout, also without a save");
        }
        int status = save.finish();
        boolean back = app.isLoggedIn(copy);
        // The server of an app that is not known may ask for a body before the session is read, as Node does.
        return back || app.cookieName() != null || status / 100 == 2
                ? new Observation.Possible(back)
                : Observation.notSeen("the late save was answered " + status
                        + ", so it is unknown whether the session had been read before the logout");
    }
}
