package logout.app.lab;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import logout.app.residue.ResidueColumn;
import logout.app.residue.Trace;
import logout.app.session.Row;
import logout.app.session.SessionStore;
import logout.app.web.HttpError;

/** The last logout and what has been tried since: what a copy of the old cookie, a slow save, another site can do. */
final class Trials {

    private static final Duration SLOW = Duration.ofSeconds(3);

    private final Tries tries;
    private final SessionStore store;
    private final Fingerprints chips;

    /** The logout whose residue is shown. */
    private LastLogout last;

    /** The cookie from before the latest logout of all, a tried one included. */
    private String lastCookieLoggedOut;

    private PanelState.Replay replayed;
    private PanelState.SlowSave slowSave;
    private Instant slowSaveEnds;
    private PanelState.ForeignLink foreignLink;

    Trials(Tries tries, SessionStore store, Fingerprints chips) {
        this.tries = tries;
        this.store = store;
        this.chips = chips;
    }

    /**
     * Takes down a logout.
     *
     * @param tried whether it was sent by {@link #followForeignLink}; then it says something about the last logout
     *     of that kind, and does not take its place
     */
    synchronized void remember(LastLogout logout, boolean tried) {
        lastCookieLoggedOut = logout.oldCookie();
        if (!tried || last == null || !last.request().equals(logout.request())) {
            last = logout;
            replayed = null;
        }
    }

    synchronized PanelState.Logout logout() {
        return last == null
                ? null
                : new PanelState.Logout(
                        last.exchange().number(),
                        last.request(),
                        last.exchange().time(),
                        last.user(),
                        chips.chip(last.oldCookie()),
                        last.residue().columns());
    }

    synchronized PanelState.Replay replayed() {
        return replayed;
    }

    synchronized PanelState.ForeignLink foreignLink() {
        return foreignLink;
    }

    synchronized PanelState.SlowSave slowSave() {
        if (slowSave == null || !slowSave.running()) {
            return slowSave;
        }
        long left = Math.max(0, Duration.between(Instant.now(), slowSaveEnds).toMillis());
        return new PanelState.SlowSave(true, (left + 999) / 1000, slowSave.chip(), 0, false, false);
    }

    /**
     * Sends the cookie from before the last logout again.
     *
     * @throws HttpError 409 where nobody has logged out yet
     */
    void replay() {
        LastLogout logout = lastLogout();
        if (logout == null) {
            throw new HttpError(409, "Nobody has logged out yet: there is no old cookie to replay.");
        }
        try {
            Tries.Answer me = tries.replay("/api/me", logout.oldCookie());
            Tries.Answer note = tries.replay("/api/note", logout.oldCookie());
            replayed(logout, new PanelState.Replay(chips.chip(logout.oldCookie()), me, note));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void replayed(LastLogout logout, PanelState.Replay outcome) {
        replayed = outcome;
        boolean loggedIn = outcome.me().status() == 200;
        boolean readsNote = outcome.note().status() == 200
                && !JsonParser.parseString(outcome.note().body())
                        .getAsJsonObject()
                        .get("note")
                        .isJsonNull();
        logout.residue().observe(ResidueColumn.REPLAY, new Trace.Replay(loggedIn, readsNote));
    }

    /**
     * Sends the request of the last logout once more, with this cookie, as a page of another site can: a GET as a
     * link, anything else as a form.
     *
     * @param path the logout to try where nobody has logged out yet
     */
    void followForeignLink(String cookie, String path) {
        LastLogout logout = lastLogout();
        String method = logout == null ? "GET" : logout.exchange().method();
        String target = logout == null ? path : logout.exchange().path();
        try {
            Tries.Answer answer = tries.fromAnotherSite(method, target, cookie);
            foreignLinkFollowed(method + " " + target, cookie, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void foreignLinkFollowed(String request, String cookie, Tries.Answer answer) {
        boolean loggedOut = !isLoggedIn(cookie);
        foreignLink = new PanelState.ForeignLink(request, answer.status(), loggedOut, chips.chip(cookie));
        if (last != null && last.request().equals(request)) {
            last.residue().observe(ResidueColumn.FOREIGN_LINK, new Trace.Possible(loggedOut));
        }
    }

    /**
     * Begins to save a note with this cookie, and sends the rest of it three seconds later.
     *
     * @throws HttpError 409 where such a save is under way already
     */
    synchronized void saveSlowly(String cookie, boolean plainSite) {
        if (slowSave != null && slowSave.running()) {
            throw new HttpError(409, "A slow save is under way already.");
        }
        SlowRequest request = tries.beginToSave(plainSite, cookie);
        lastCookieLoggedOut = null;
        slowSaveEnds = Instant.now().plus(SLOW);
        slowSave = new PanelState.SlowSave(true, SLOW.toSeconds(), chips.chip(cookie), 0, false, false);
        Thread thread = new Thread(() -> finishSlowly(request, cookie), "slow save");
        thread.setDaemon(true);
        thread.start();
    }

    private void finishSlowly(SlowRequest request, String cookie) {
        int status = 0;
        try (request) {
            Thread.sleep(SLOW.toMillis());
            status = request.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            // No reply came; the status 0 says so.
        } finally {
            slowSaveFinished(status, cookie);
        }
    }

    private synchronized void slowSaveFinished(int status, String cookie) {
        boolean loggedOutMeanwhile = cookie.equals(lastCookieLoggedOut);
        boolean userBack = loggedOutMeanwhile && isLoggedIn(cookie);
        slowSave = new PanelState.SlowSave(false, 0, chips.chip(cookie), status, loggedOutMeanwhile, userBack);
        if (loggedOutMeanwhile && last.oldCookie().equals(cookie)) {
            last.residue().observe(ResidueColumn.SAVE_IN_FLIGHT, new Trace.Possible(userBack));
        }
    }

    private boolean isLoggedIn(String cookie) {
        try {
            Row row = store.row(cookie);
            return row != null && row.user() != null;
        } catch (SQLException e) {
            throw new HttpError(503, "The session store cannot be read.");
        }
    }

    private synchronized LastLogout lastLogout() {
        return last;
    }
}
