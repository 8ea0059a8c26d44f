package logout.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import logout.app.web.HttpError;
import logout.experiment.Call;
import logout.experiment.HttpUser;
import logout.experiment.Observation;
import logout.experiment.PageProtocol;
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

    private final StageLogout app;
    private final Probes probes;
    private final ExchangeLog log;
    private final StageCode code;

    /** The app is asked, and the store looked at, outside of this object's lock: either may hang. */
    private final Semaphore oneSave = new Semaphore(1);

    private SaveUnderWay save;

    /** The last ones, newest first. */
    private final Deque<ObservedLogout> logouts = new ArrayDeque<>();

    private final Deque<PanelState.SlowSave> saves = new ArrayDeque<>();
    private final Deque<PanelState.ForeignLink> links = new ArrayDeque<>();

    AttackRequests(StageLogout app, ExchangeLog log, StageCode code) {
        this.app = app;
        this.probes = new Probes(app);
        this.log = log;
        this.code = code;
    }

    /** Remembers a logout, which may have failed. */
    synchronized void remember(ObservedLogout logout) {
        if (save != null && save.id.equals(logout.id())) {
            save.loggedOut(logout);
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
            PanelState.Replay replay,
            PanelState.SlowSave slowSave,
            PanelState.ForeignLink foreignLink) {}

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
    void replay(Set<Fingerprint> held) {
        ObservedLogout logout = lastOf(held)
                .orElseThrow(
                        () -> new HttpError(409, "Nobody has logged out here yet: there is no old cookie to replay."));
        String id = logout.id();
        Observation found = seen(() -> probes.replay(app.holder(RecordedRequest.REPLAY, id), id));
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
    void followForeignLink(Set<Fingerprint> held, String id, String path) {
        Optional<ObservedLogout> logout = lastOf(held);
        Call call = logout.map(ObservedLogout::call).orElse(Call.of("GET", path));
        HttpUser victim = app.holder(RecordedRequest.FOREIGN_LINK, id);
        Observation found = seen(() -> probes.forge(victim, victim.copy(), call));
        synchronized (this) {
            add(PanelState.ForeignLink.of(call, Fingerprint.of(id), found), links);
            logout.ifPresent(one -> observe(one, ResidueColumn.FOREIGN_LINK, found));
        }
    }

    private void observe(ObservedLogout logout, ResidueColumn column, Observation found) {
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
     * @param protocol what the pages of the stage send that runs now
     * @throws HttpError 409 where such a save is under way already, 503 where the stage does not answer
     */
    void saveSlowly(String id, PageProtocol protocol) {
        if (!oneSave.tryAcquire()) {
            throw new HttpError(409, "A slow save is under way already.");
        }
        try {
            HttpUser holder = app.holder(RecordedRequest.SLOW_SAVE, id);
            RequestInFlight request = holder.begin(protocol.keepNote(LATE_NOTE));
            synchronized (this) {
                save = new SaveUnderWay(id);
            }
            Thread thread = new Thread(
                    () -> finishSlowly(request, holder),
                    "slow save on port " + app.address().getPort());
            thread.setDaemon(true);
            thread.start();
        } catch (UncheckedIOException e) {
            oneSave.release();
            throw new HttpError(503, "The stage did not answer the panel's own request. Try again.");
        }
    }

    private void finishSlowly(RequestInFlight request, HttpUser holder) {
        try (request) {
            save.awaitEnd();
            Optional<ObservedLogout> logout = logoutBefore();
            Observation found = seen(() -> logout.isPresent() ? probes.endSave(request, holder) : ended(request));
            slowSaveFinished(request.status(), logout, found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            oneSave.release();
        }
    }

    /** The logout that the save follows, if there was one. */
    private synchronized Optional<ObservedLogout> logoutBefore() {
        Optional<ObservedLogout> logout = Optional.ofNullable(save.logout);
        logout.ifPresent(ObservedLogout::saveFollows);
        return logout;
    }

    /** A save that has ended without a logout brings nobody back. */
    private static Observation ended(RequestInFlight request) {
        request.finish();
        return new Observation.Possible(false);
    }

    private synchronized void slowSaveFinished(int status, Optional<ObservedLogout> logout, Observation found) {
        add(PanelState.SlowSave.over(Fingerprint.of(save.id), status, logout.isPresent(), found), saves);
        logout.ifPresent(one -> observe(one, ResidueColumn.SAVE_IN_FLIGHT, found));
        save = null;
    }

    /** A slow save that is under way. */
    private static final class SaveUnderWay {
        private final String id;
        private final CountDownLatch loggedOut = new CountDownLatch(1);
        private Instant ends = Instant.now().plus(LONGEST_SAVE);
        private ObservedLogout logout;

        SaveUnderWay(String id) {
            this.id = id;
        }

        void loggedOut(ObservedLogout first) {
            if (logout == null) {
                logout = first;
                ends = Instant.now().plus(AFTER_LOGOUT);
                loggedOut.countDown();
            }
        }

        void awaitEnd() throws InterruptedException {
            if (loggedOut.await(LONGEST_SAVE.toSeconds(), TimeUnit.SECONDS)) {
                TimeUnit.SECONDS.sleep(AFTER_LOGOUT.toSeconds());
            }
        }

        PanelState.SlowSave shown() {
            long millis = Math.max(0, Duration.between(Instant.now(), ends).toMillis());
            return new PanelState.SlowSave(
                    true, (millis + 999) / 1000, Fingerprint.of(id), 0, logout != null, false, null);
        }
    }
}
