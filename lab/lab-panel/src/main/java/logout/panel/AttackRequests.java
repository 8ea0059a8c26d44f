package logout.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import logout.app.web.HttpError;
import logout.experiment.Call;
import logout.experiment.Observation;
import logout.experiment.Probes;
import logout.experiment.ResidueColumn;

/** The last logouts and what has been tried since: what a copy of the old cookie, a slow save, another site can do. */
final class AttackRequests {

    /** A slow save waits so long for a logout. Time enough with a keyboard; and a connection may be idle for longer. */
    private static final Duration LONGEST_SAVE = Duration.ofSeconds(20);

    /** And so long once it has come: one is to see that nobody is logged in any more, before the save arrives. */
    private static final Duration AFTER_LOGOUT = Duration.ofSeconds(2);

    private static final int CAPACITY = 20;

    /** One word, so that it is the same in a form and in JSON. */
    private static final String LATE_NOTE = "late";

    private final StageLogout app;
    private final Probes probes;
    private final Recordings recordings;
    private final Fingerprints fingerprints;
    private final StageCode code;

    /** Newest first. */
    private final Deque<ObservedLogout> logouts = new ArrayDeque<>();

    /** The app is asked, and the store looked at, outside of this object's lock: either may hang. */
    private final Semaphore oneSave = new Semaphore(1);

    private final Deque<PanelState.SlowSave> saves = new ArrayDeque<>();
    private final Deque<PanelState.ForeignLink> links = new ArrayDeque<>();
    private SaveUnderWay save;

    AttackRequests(StageLogout app, Recordings recordings, Fingerprints fingerprints, StageCode code) {
        this.app = app;
        this.probes = new Probes(app);
        this.recordings = recordings;
        this.fingerprints = fingerprints;
        this.code = code;
    }

    /** Remembers a logout, which may have failed. */
    synchronized void remember(ObservedLogout logout) {
        if (save != null && !save.loggedOut && save.id.equals(logout.oldId())) {
            save = new SaveUnderWay(save.id, Instant.now().plus(AFTER_LOGOUT), true);
            notifyAll();
        }
        if (!logout.exchange().by().equals(Sender.VISITOR)) {
            add(logout, logouts);
        }
    }

    private static <T> void add(T newest, Deque<T> all) {
        all.addFirst(newest);
        if (all.size() > CAPACITY) {
            all.removeLast();
        }
    }

    /** What is known at one moment of a browser's last logout and of what was tried since; null for what there is not. */
    record Story(
            PanelState.Logout logout,
            PanelState.Replay replay,
            PanelState.SlowSave slowSave,
            PanelState.ForeignLink foreignLink) {}

    synchronized Story of(Viewer viewer) {
        Optional<ObservedLogout> logout = lastOf(viewer);
        return new Story(
                logout.map(last -> PanelState.Logout.of(last, recordings.toView(last.recordings())))
                        .orElse(null),
                logout.map(last -> PanelState.Replay.of(last.residue())).orElse(null),
                slowSave(viewer),
                links.stream()
                        .filter(link -> viewer.has(link.fingerprint()))
                        .findFirst()
                        .orElse(null));
    }

    private PanelState.SlowSave slowSave(Viewer viewer) {
        if (save == null || !viewer.has(fingerprints.of(save.id))) {
            return saves.stream()
                    .filter(over -> viewer.has(over.fingerprint()))
                    .findFirst()
                    .orElse(null);
        }
        long secondsLeft = (save.millisLeft() + 999) / 1000;
        return new PanelState.SlowSave(true, secondsLeft, fingerprints.of(save.id), 0, save.loggedOut, false, null);
    }

    /** What a link on another site has done is a try after the browser's own logout, as long as there is one. */
    private synchronized Optional<ObservedLogout> lastOf(Viewer viewer) {
        return find(logout -> viewer.hasSent(logout) && !logout.exchange().by().equals(Sender.FOREIGN_LINK))
                .or(() -> find(viewer::hasSent));
    }

    private Optional<ObservedLogout> find(Predicate<ObservedLogout> is) {
        return logouts.stream().filter(is).findFirst();
    }

    /**
     * Sends the cookie from before a browser's last logout again.
     *
     * @throws HttpError 409 where nobody has logged out there yet
     */
    void replay(Viewer viewer) {
        ObservedLogout logout = lastOf(viewer)
                .orElseThrow(
                        () -> new HttpError(409, "Nobody has logged out here yet: there is no old cookie to replay."));
        String id = logout.oldId();
        Observation found = seen(() -> probes.replay(app.holder(Sender.REPLAY, id), id));
        synchronized (this) {
            observe(logout, ResidueColumn.REPLAY, found);
        }
    }

    /**
     * Sends the request of a logout once more as a page of another site can, a GET as a link, anything else as a form: first
     * without this cookie, then with it as far as {@code SameSite} lets it go along. It is the browser's last logout.
     *
     * @param id of a session in which somebody is logged in
     * @param path the logout to try where nobody has logged out yet
     */
    void followForeignLink(Viewer viewer, String id, String path) {
        Optional<ObservedLogout> logout = lastOf(viewer);
        Call call = logout.map(ObservedLogout::call).orElse(Call.of("GET", path));
        Observation found = seen(() -> {
            Observation.ForeignLogout without = probes.forge(app.holder(Sender.FOREIGN_LINK, id), call, false);
            Observation.ForeignLogout with = probes.forge(app.holder(Sender.FOREIGN_LINK, id), call, true);
            return new Observation.ForeignLogout(with.withCookie(), without.withoutCookie(), call.method());
        });
        synchronized (this) {
            add(PanelState.ForeignLink.of(call, fingerprints.of(id), found), links);
            logout.ifPresent(one -> observe(one, ResidueColumn.FOREIGN_LINK, found));
        }
    }

    private void observe(ObservedLogout logout, ResidueColumn column, Observation found) {
        logout.residue().observe(column, found, logout.code() != code.version());
    }

    /** Looks for something that the stage may not answer. */
    private interface Look {
        Observation observe() throws IOException;
    }

    private static Observation seen(Look look) {
        try {
            return look.observe();
        } catch (UncheckedIOException e) {
            return notSeen(e.getCause());
        } catch (IOException e) {
            return notSeen(e);
        }
    }

    private static Observation notSeen(IOException e) {
        return new Observation.NotSeen(e.getMessage() == null ? "the stage did not answer" : e.getMessage());
    }

    /**
     * Begins to save a note with this cookie, and sends the rest of it shortly after the logout of its session; where
     * none comes, after 20 seconds.
     *
     * @param id of a session in which somebody is logged in
     * @throws HttpError 409 where such a save is under way already, 503 where the stage does not answer
     */
    void saveSlowly(String id) {
        if (!oneSave.tryAcquire()) {
            throw new HttpError(409, "A slow save is under way already.");
        }
        try {
            Probes.SaveInFlight request = probes.beginSave(app.holder(Sender.SLOW_SAVE, id), LATE_NOTE);
            synchronized (this) {
                save = new SaveUnderWay(id, Instant.now().plus(LONGEST_SAVE), false);
            }
            Thread thread = new Thread(
                    () -> finishSlowly(request),
                    "slow save on port " + app.address().getPort());
            thread.setDaemon(true);
            thread.start();
        } catch (IOException | UncheckedIOException e) {
            oneSave.release();
            throw new HttpError(503, "The stage did not answer the panel's own request. Try again.");
        }
    }

    private void finishSlowly(Probes.SaveInFlight request) {
        try (request) {
            awaitTheEnd();
            Observation found = seen(() -> finished(request));
            slowSaveFinished(request.status(), found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            oneSave.release();
        }
    }

    private synchronized void awaitTheEnd() throws InterruptedException {
        for (long left = save.millisLeft(); left > 0; left = save.millisLeft()) {
            wait(left);
        }
    }

    private Observation finished(Probes.SaveInFlight request) throws IOException {
        if (followsALogout()) {
            return request.finish();
        }
        request.send();
        return new Observation.Possible(false);
    }

    private synchronized boolean followsALogout() {
        if (save.loggedOut) {
            logoutOf(save.id).ifPresent(logout -> logout.residue().saveFollows());
        }
        return save.loggedOut;
    }

    private Optional<ObservedLogout> logoutOf(String id) {
        return find(logout -> logout.oldId().equals(id));
    }

    private synchronized void slowSaveFinished(int status, Observation found) {
        SaveUnderWay over = save;
        save = null;
        add(PanelState.SlowSave.over(fingerprints.of(over.id), status, over.loggedOut, found), saves);
        if (over.loggedOut) {
            logoutOf(over.id).ifPresent(logout -> observe(logout, ResidueColumn.SAVE_IN_FLIGHT, found));
        }
    }

    /** A slow save that is under way. */
    private record SaveUnderWay(String id, Instant ends, boolean loggedOut) {
        long millisLeft() {
            return Math.max(0, Duration.between(Instant.now(), ends).toMillis());
        }
    }
}
