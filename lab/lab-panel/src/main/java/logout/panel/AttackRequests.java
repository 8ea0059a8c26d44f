package logout.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import logout.app.web.HttpError;
import logout.experiment.Call;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import logout.experiment.Probes;
import logout.experiment.RequestInFlight;
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

    private final ExchangeLog log;
    private final StageCode code;

    /** The app is asked, and the store looked at, outside of this object's lock: either may hang. */
    private final Semaphore oneSave = new Semaphore(1);

    private SaveUnderWay save;

    /** The last ones, newest first. */
    private final Deque<ObservedLogout> logouts = new ArrayDeque<>();

    private final Deque<PanelState.SlowSave> saves = new ArrayDeque<>();
    private final Deque<PanelState.Try> links = new ArrayDeque<>();

    AttackRequests(ExchangeLog log, StageCode code) {
        this.log = log;
        this.code = code;
    }

    /** Remembers a logout, which may have failed. */
    synchronized void remember(ObservedLogout logout) {
        if (save != null && save.id.equals(logout.id())) {
            save.loggedOut.complete(logout);
        }
        if (!logout.isBy(RecordedRequest.VISITOR)) {
            add(logout, logouts);
        }
    }

    private static <T> void add(T newest, Deque<T> all) {
        all.addFirst(newest);
        if (all.size() > CAPACITY) {
            all.removeLast();
        }
    }

    private static <T> Optional<T> find(Deque<T> all, Predicate<T> is) {
        return all.stream().filter(is).findFirst();
    }

    /** What is known at one moment of a browser's last logout and of what was tried since; null for what there is not. */
    record Story(
            PanelState.Logout logout,
            PanelState.Try replay,
            PanelState.SlowSave slowSave,
            PanelState.Try foreignLink) {}

    /** The story of a browser that has held the session cookies with these fingerprints. */
    synchronized Story of(Set<Fingerprint> held) {
        Optional<ObservedLogout> logout = lastOf(held);
        return new Story(
                logout.map(last -> last.shown(log)).orElse(null),
                logout.map(ObservedLogout::replay).orElse(null),
                save != null && held.contains(Fingerprint.of(save.id))
                        ? save.shown()
                        : find(saves, over -> held.contains(over.fingerprint())).orElse(null),
                find(links, link -> held.contains(link.fingerprint())).orElse(null));
    }

    /** What a link on another site has done is a try after the browser's own logout, as long as there is one. */
    private synchronized Optional<ObservedLogout> lastOf(Set<Fingerprint> held) {
        return find(logouts, logout -> logout.isOf(held) && !logout.isBy(RecordedRequest.FOREIGN_LINK))
                .or(() -> find(logouts, logout -> logout.isOf(held)));
    }

    /**
     * Sends the cookie from before a browser's last logout again.
     *
     * @throws HttpError 409 where nobody has logged out there yet
     */
    void replay(StageLogout app, Set<Fingerprint> held) {
        ObservedLogout logout = lastOf(held)
                .orElseThrow(
                        () -> new HttpError(409, "Nobody has logged out here yet: there is no old cookie to replay."));
        String id = logout.id();
        Observation found = seen(() -> new Probes(app).replay(app.holder(RecordedRequest.REPLAY, id), id));
        observe(logout, ResidueColumn.REPLAY, found);
    }

    /**
     * Sends the request of a logout once more as a page of another site can, a GET as a link, anything else as a form: first
     * without this cookie, then with it as far as {@code SameSite} lets it go along. It is the browser's last logout, or the
     * app's where nobody has logged out yet.
     *
     * @param id of a session in which somebody is logged in
     */
    void followForeignLink(StageLogout app, Set<Fingerprint> held, String id) {
        Probes probes = new Probes(app);
        Optional<ObservedLogout> logout = lastOf(held);
        Call call = logout.map(ObservedLogout::call).orElse(app.logout());
        HttpUser victim = app.holder(RecordedRequest.FOREIGN_LINK, id);
        Observation found = seen(() -> probes.forge(victim, victim.copy(), call));
        synchronized (this) {
            add(new PanelState.Try(Fingerprint.of(id), found), links);
            logout.ifPresent(one -> observe(one, ResidueColumn.FOREIGN_LINK, found));
        }
    }

    private synchronized void observe(ObservedLogout logout, ResidueColumn column, Observation found) {
        logout.observe(column, found, code.version());
    }

    /** A look that must not fail whoever looks: what it cannot see is not seen. */
    static Observation seen(Probes.Look look) {
        try {
            return look.observe();
        } catch (IOException | UncheckedIOException e) {
            return Observation.notSeen(e);
        }
    }

    /**
     * Begins to save a note with this cookie, and sends the rest of it shortly after the logout of its session; where
     * none comes, after 20 seconds.
     *
     * @param id of a session in which somebody is logged in
     * @throws HttpError 409 where such a save is under way already, 503 where the stage does not answer
     */
    void saveSlowly(StageLogout app, String id) {
        if (!oneSave.tryAcquire()) {
            throw new HttpError(409, "A slow save is under way already.");
        }
        Probes probes = new Probes(app);
        HttpUser holder = app.holder(RecordedRequest.SLOW_SAVE, id);
        try {
            RequestInFlight request = probes.beginSave(holder, LATE_NOTE);
            synchronized (this) {
                save = new SaveUnderWay(id, Instant.now(), new CompletableFuture<>());
            }
            Thread thread = new Thread(
                    () -> finishSlowly(probes, request, holder),
                    "slow save on port " + app.address().getPort());
            thread.setDaemon(true);
            thread.start();
        } catch (IOException | UncheckedIOException e) {
            oneSave.release();
            throw new HttpError(503, "The stage did not answer the panel's own request. Try again.");
        }
    }

    private void finishSlowly(Probes probes, RequestInFlight request, HttpUser holder) {
        try (request) {
            Optional<ObservedLogout> logout = save.awaitLogout();
            synchronized (this) {
                logout.ifPresent(ObservedLogout::saveFollows);
            }
            Observation found = seen(() -> logout.isPresent() ? probes.endSave(request, holder) : ended(request));
            slowSaveFinished(request.status(), logout, found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            oneSave.release();
        }
    }

    /** A save that has ended without a logout brings nobody back. */
    private static Observation ended(RequestInFlight request) {
        request.finish();
        return new Observation.Possible(false);
    }

    private synchronized void slowSaveFinished(int status, Optional<ObservedLogout> logout, Observation found) {
        add(new PanelState.SlowSave(Fingerprint.of(save.id), found, status, logout.isPresent(), 0), saves);
        logout.ifPresent(one -> observe(one, ResidueColumn.SAVE_IN_FLIGHT, found));
        save = null;
    }

    /**
     * A slow save that is under way.
     *
     * @param loggedOut has the first logout of its session, once there is one
     */
    private record SaveUnderWay(String id, Instant begun, CompletableFuture<ObservedLogout> loggedOut) {

        /** Returns when the rest of the save is to be sent. */
        Optional<ObservedLogout> awaitLogout() throws InterruptedException {
            ObservedLogout logout = loggedOut
                    .completeOnTimeout(null, LONGEST_SAVE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            if (logout != null) {
                TimeUnit.SECONDS.sleep(AFTER_LOGOUT.toSeconds());
            }
            return Optional.ofNullable(logout);
        }

        PanelState.SlowSave shown() {
            ObservedLogout logout = loggedOut.getNow(null);
            Instant ends =
                    logout == null ? begun.plus(LONGEST_SAVE) : logout.time().plus(AFTER_LOGOUT);
            long millis = Math.max(0, Duration.between(Instant.now(), ends).toMillis());
            return new PanelState.SlowSave(Fingerprint.of(id), null, 0, logout != null, (millis + 999) / 1000);
        }
    }
}
