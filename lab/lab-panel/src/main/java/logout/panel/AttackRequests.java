package logout.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import logout.app.SessionCookie;
import logout.app.web.HttpError;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import logout.experiment.PageProtocol;
import logout.experiment.RequestInFlight;
import logout.experiment.ResidueColumn;
import logout.experiment.StoredSession;

/** The last logouts and what has been tried since: what a copy of the old cookie, a slow save, another site can do. */
final class AttackRequests {

    /** Why something was not seen, as the end of a sentence. */
    static final String STORE_AWAY = "the session store could not be read";

    /** A slow save waits so long for a logout. Time enough with a keyboard; and a connection may be idle for longer. */
    private static final Duration LONGEST_SAVE = Duration.ofSeconds(20);

    /** And so long once it has come: one is to see that nobody is logged in any more, before the save arrives. */
    private static final Duration AFTER_LOGOUT = Duration.ofSeconds(2);

    private static final int CAPACITY = 20;

    /** One word, so that it is the same in a form and in JSON. */
    private static final String LATE_NOTE = "late";

    private final URI address;
    private final SessionCookie cookie;
    private final RowReader store;
    private final Recordings recordings;
    private final Fingerprints fingerprints;

    /** Newest first. */
    private final Deque<LogoutAttempt> logouts = new ArrayDeque<>();

    /** The app is asked, and the store looked at, outside of this object's lock: either may hang. */
    private final Semaphore oneSave = new Semaphore(1);

    private SaveInFlight save;
    private PanelState.SlowSave slowSave;
    private PanelState.ForeignLink foreignLink;

    AttackRequests(
            URI address, SessionCookie cookie, RowReader store, Recordings recordings, Fingerprints fingerprints) {
        this.address = address;
        this.cookie = cookie;
        this.store = store;
        this.recordings = recordings;
        this.fingerprints = fingerprints;
    }

    /**
     * Remembers a logout. One that {@link #followForeignLink} has sent says something about the last logout of that
     * kind, and does not take its place.
     */
    synchronized void remember(ObservedLogout logout) {
        if (save != null && !save.loggedOut && save.id.equals(logout.oldId())) {
            save = new SaveInFlight(save.id, Instant.now().plus(AFTER_LOGOUT), true);
            notifyAll();
        }
        boolean tried = logout.exchange().by().equals(Sender.FOREIGN_LINK);
        if (tried && find(one -> one.request().equals(logout.request())).isPresent()) {
            return;
        }
        logouts.addFirst(new LogoutAttempt(logout));
        if (logouts.size() > CAPACITY) {
            logouts.removeLast();
        }
    }

    /** The logout that a browser is shown, or null: its own last one; failing that, another person's; then a visitor's. */
    synchronized PanelState.Logout logout(Viewer viewer) {
        return shownTo(viewer).map(tried -> shown(tried.logout, viewer)).orElse(null);
    }

    /** What the old cookie of that logout found when it was sent again, or null. */
    synchronized PanelState.Replay replayed(Viewer viewer) {
        return shownTo(viewer).map(tried -> tried.replay).orElse(null);
    }

    synchronized PanelState.ForeignLink foreignLink() {
        return foreignLink;
    }

    synchronized PanelState.SlowSave slowSave() {
        if (save == null) {
            return slowSave;
        }
        long secondsLeft = (save.millisLeft() + 999) / 1000;
        return new PanelState.SlowSave(true, secondsLeft, fingerprints.of(save.id), 0, save.loggedOut, false, null);
    }

    private PanelState.Logout shown(ObservedLogout logout, Viewer viewer) {
        String whose = viewer.hasSent(logout)
                ? "this browser"
                : logout.byVisitor() ? logout.exchange().by() : "another browser";
        return new PanelState.Logout(
                logout.exchange().number(),
                logout.request(),
                logout.exchange().time(),
                logout.user(),
                whose,
                logout.residue().oldId(),
                logout.residue().columns(),
                recordings.toView(logout.recordings()));
    }

    private Optional<LogoutAttempt> shownTo(Viewer viewer) {
        return find(viewer::hasSent)
                .or(() -> find(logout -> !logout.byVisitor()))
                .or(() -> find(logout -> true));
    }

    private Optional<LogoutAttempt> find(Predicate<ObservedLogout> is) {
        return logouts.stream().filter(tried -> is.test(tried.logout)).findFirst();
    }

    private synchronized Optional<LogoutAttempt> triedBy(Viewer viewer) {
        return shownTo(viewer);
    }

    /**
     * Sends the cookie from before a logout again: that of the logout which the browser is shown.
     *
     * @throws HttpError 409 where nobody has logged out yet, 503 where the stage does not answer
     */
    void replay(Viewer viewer) {
        LogoutAttempt tried = triedBy(viewer)
                .orElseThrow(() -> new HttpError(409, "Nobody has logged out yet: there is no old cookie to replay."));
        String id = tried.logout.oldId();
        try {
            HttpUser thief = visitor(Sender.REPLAY, id);
            Answer me = Answer.of(thief.send(Call.of("GET", "/api/me")));
            HttpResponse<String> note = thief.send(Call.of("GET", "/api/note"));
            replayed(tried, me, Answer.of(note), note.statusCode() == 200 && PageProtocol.SINGLE_PAGE.holdsNote(note));
        } catch (IOException e) {
            throw unanswered();
        }
    }

    private void replayed(LogoutAttempt tried, Answer me, Answer note, boolean holdsNote) {
        String id = tried.logout.oldId();
        boolean alive = false;
        String notSeen = notAnswered("GET /api/me", me, 200, 401);
        if (notSeen == null) {
            notSeen = notAnswered("GET /api/note", note, 200, 200);
        }
        try {
            StoredSession row = store.row(id);
            alive = row != null && !row.isExpired();
        } catch (SQLException e) {
            notSeen = STORE_AWAY;
        }
        Observation observation = notSeen == null
                ? new Observation.Replay(me.status() == 200, holdsNote, alive)
                : new Observation.NotSeen(notSeen);
        synchronized (this) {
            tried.replay = new PanelState.Replay(fingerprints.of(id), me, note, alive, notSeen);
            tried.logout.residue().observe(ResidueColumn.REPLAY, observation);
        }
    }

    /** Why an answer says nothing, or null where its status is one of two that do. */
    private static String notAnswered(String request, Answer answer, int one, int other) {
        return answer.status() == one || answer.status() == other
                ? null
                : "the stage answered " + answer.status() + " to " + request;
    }

    private static HttpError unanswered() {
        return new HttpError(503, "The stage did not answer the panel's own request. Try again.");
    }

    /**
     * Sends the request of a logout once more as a page of another site can, a GET as a link, anything else as a form: first
     * without this cookie, as {@code SameSite} would have it, then with it. It is the logout that the browser is shown.
     *
     * @param id of a session in which somebody is logged in
     * @param path the logout to try where nobody has logged out yet
     * @throws HttpError 503 where the stage does not answer
     */
    void followForeignLink(Viewer viewer, String id, String path) {
        ObservedLogout logout = triedBy(viewer).map(tried -> tried.logout).orElse(null);
        String method = logout == null ? "GET" : logout.exchange().method();
        String target = logout == null ? path : logout.exchange().path();
        Call call = Call.of(method, target);
        try {
            HttpUser victim = visitor(Sender.FOREIGN_LINK, id);
            victim.sendFromAnotherSite(call, false);
            boolean cookieLost = !id.equals(victim.cookie(cookie.name()));
            int status = visitor(Sender.FOREIGN_LINK, id)
                    .sendFromAnotherSite(call, true)
                    .statusCode();
            foreignLinkFollowed(call, id, status, cookieLost, logout);
        } catch (IOException e) {
            throw unanswered();
        }
    }

    private void foreignLinkFollowed(Call call, String id, int status, boolean cookieLost, ObservedLogout logout) {
        Observation observation = afterForeignLink(call.method(), id, status, cookieLost);
        boolean loggedOut = observation instanceof Observation.ForeignLogout seen && seen.withCookie();
        String notSeen = observation instanceof Observation.NotSeen not ? not.reason() : null;
        synchronized (this) {
            foreignLink = new PanelState.ForeignLink(
                    call.toString(), status, loggedOut, cookieLost, fingerprints.of(id), notSeen);
            if (logout != null) {
                logout.residue().observe(ResidueColumn.FOREIGN_LINK, observation);
            }
        }
    }

    private Observation afterForeignLink(String method, String id, int status, boolean cookieLost) {
        if (status >= 400 && status < 500) {
            return new Observation.ForeignLogout(false, cookieLost, method);
        }
        if (status >= 500) {
            return new Observation.NotSeen("the stage answered " + status);
        }
        try {
            return new Observation.ForeignLogout(!isLoggedIn(id), cookieLost, method);
        } catch (SQLException e) {
            return new Observation.NotSeen(STORE_AWAY);
        }
    }

    /**
     * Begins to save a note with this cookie, and sends the rest of it shortly after the logout of its session; where
     * none comes, after 20 seconds.
     *
     * @param id of a session in which somebody is logged in
     * @throws HttpError 409 where such a save is under way already, 503 where the stage does not answer
     */
    void saveSlowly(String id, PageProtocol protocol) {
        if (!oneSave.tryAcquire()) {
            throw new HttpError(409, "A slow save is under way already.");
        }
        try {
            RequestInFlight request = visitor(Sender.SLOW_SAVE, id).begin(protocol.keepNote(LATE_NOTE));
            synchronized (this) {
                save = new SaveInFlight(id, Instant.now().plus(LONGEST_SAVE), false);
            }
            Thread thread = new Thread(() -> finishSlowly(request), "slow save on port " + address.getPort());
            thread.setDaemon(true);
            thread.start();
        } catch (UncheckedIOException e) {
            oneSave.release();
            throw unanswered();
        }
    }

    private void finishSlowly(RequestInFlight request) {
        int status = 0;
        try (request) {
            awaitTheEnd();
            status = request.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            // No reply came; the status 0 says so.
        } finally {
            slowSaveFinished(status);
        }
    }

    private synchronized void awaitTheEnd() throws InterruptedException {
        for (long left = save.millisLeft(); left > 0; left = save.millisLeft()) {
            wait(left);
        }
    }

    private void slowSaveFinished(int status) {
        SaveInFlight over;
        synchronized (this) {
            over = save;
        }
        boolean userBack = false;
        String notSeen = null;
        try {
            userBack = over.loggedOut && isLoggedIn(over.id);
        } catch (SQLException e) {
            notSeen = STORE_AWAY;
        }
        Observation observation =
                notSeen == null ? new Observation.Possible(userBack) : new Observation.NotSeen(notSeen);
        synchronized (this) {
            save = null;
            slowSave = new PanelState.SlowSave(
                    false, 0, fingerprints.of(over.id), status, over.loggedOut, userBack, notSeen);
            if (over.loggedOut) {
                find(logout -> logout.oldId().equals(over.id))
                        .ifPresent(tried -> tried.logout.residue().observe(ResidueColumn.SAVE_IN_FLIGHT, observation));
            }
        }
        oneSave.release();
    }

    /** Somebody who holds this session's cookie, and says by name what he tries. */
    private HttpUser visitor(String sender, String id) {
        CookieJar jar = new CookieJar();
        jar.keep(address, List.of(cookie.name() + "=" + id + "; Path=" + cookie.path()));
        return new HttpUser(address, Sender.agent(sender), jar);
    }

    private boolean isLoggedIn(String id) throws SQLException {
        StoredSession row = store.row(id);
        return row != null && row.logsIn();
    }

    /** A logout, and what its old cookie found. */
    private static final class LogoutAttempt {
        private final ObservedLogout logout;
        private PanelState.Replay replay;

        LogoutAttempt(ObservedLogout logout) {
            this.logout = logout;
        }
    }

    /** A slow save that is under way. */
    private record SaveInFlight(String id, Instant ends, boolean loggedOut) {
        long millisLeft() {
            return Math.max(0, Duration.between(Instant.now(), ends).toMillis());
        }
    }
}
