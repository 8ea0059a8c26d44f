package logout.systemtests.races;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import logout.app.session.Database;
import logout.experiment.StoredSession;
import logout.launcher.StageWithPanel;
import logout.sidebyside.Logout;
import logout.systemtests.LockedRow;
import logout.systemtests.Requests;
import logout.testing.Json;
import logout.testing.QuickAccounts;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.eclipse.jetty.server.session.NullSessionCache;
import org.eclipse.jetty.server.session.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Each logout while the lab panel watches")
class PanelWatchesTest {

    private static final int WATCHERS_PER_STAGE = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** All five at once: the seconds of the panel's slow save pass once. */
    @Test
    void the_panel_that_looks_replays_and_saves_slowly_at_the_same_time_changes_nothing_but_what_the_table_says()
            throws Exception {
        List<Watched> all = Stream.of(Logout.values()).map(Watched::new).toList();
        try {
            all.forEach(Watched::beginToSaveSlowly);
            for (Watched one : all) {
                one.logOutUnderWatch();
            }
            all.forEach(Watched::awaitTheSlowSave);
        } finally {
            all.forEach(Watched::close);
            threads.shutdownNow();
        }
    }

    @Test
    void the_panel_that_looks_is_no_use_of_the_session_that_would_keep_it_alive() {
        Watched one = new Watched(Logout.STAGE_4);
        try {
            one.stage.letAnHourPass();
            StoredSession before = one.stage.row(one.ada);

            assertThat(one.panel().flag("cookie.row")).isTrue();

            assertThat(one.stage.row(one.ada)).isEqualTo(before);
        } finally {
            one.close();
        }
    }

    @Test
    void a_store_that_hangs_under_the_panel_s_own_request_keeps_nobody_else_waiting() throws Exception {
        Requests requests = new Requests(Logout.STAGE_4);
        AtomicBoolean hangs = new AtomicBoolean();
        Gate store = new Gate();
        try (Database database = Database.inMemory();
                StageWithPanel stage = StageWithPanel.start(
                        requests.stage(), 0, database, QuickAccounts.ALL, sessions -> new NullSessionCache(sessions) {
                            @Override
                            public Session get(String id) throws Exception {
                                if (hangs.getAndSet(false)) {
                                    store.pass();
                                }
                                return super.get(id);
                            }
                        })) {
            Function<RawRequest, RawReply> reply =
                    request -> RawConnection.exchange(stage.server().address(), request);
            String ada = requests.setCookies(reply.apply(requests.logIn(null))).get(0);
            RawRequest saveSlowly = requests.post("/lab/slow-save", ada);
            hangs.set(true);
            Future<RawReply> hanging = threads.submit(() -> reply.apply(saveSlowly));
            store.awaitRequest();

            assertThat(reply.apply(requests.get("/lab/state", ada)).status()).isEqualTo(200);
            assertThat(reply.apply(saveSlowly).status()).isEqualTo(409);
            assertThat(reply.apply(requests.logOut(ada)).status()).isEqualTo(requests.loggedOut());
            assertThat(hanging.isDone()).isFalse();

            store.open();
            assertThat(hanging.get(20, TimeUnit.SECONDS).status()).isEqualTo(202);
            // The logout was there before the save was.
            Json state = Json.of(reply.apply(requests.get("/lab/state", ada)).body());
            assertThat(state.flag("slowSave.running")).isTrue();
            assertThat(state.flag("slowSave.loggedOutMeanwhile")).isFalse();
        }
    }

    /** A stage, with a user and with a panel that is used all the time. */
    private final class Watched {
        private final Requests requests;
        private final RunningStage stage;
        private final String ada;
        private RawReply logout;
        private final AtomicBoolean loggedOut = new AtomicBoolean();
        private final CountDownLatch watching = new CountDownLatch(WATCHERS_PER_STAGE);

        Watched(Logout logout) {
            requests = new Requests(logout);
            stage = RunningStage.of(requests.stage()).on(LockedRow.freshH2()).start();
            ada = requests.setCookies(exchange(requests.logIn(null))).get(0);
            assertThat(exchange(requests.get("/api/me", ada)).status()).isEqualTo(200);
        }

        void beginToSaveSlowly() {
            assertThat(exchange(requests.post("/lab/slow-save", ada)).status()).isEqualTo(202);
        }

        void logOutUnderWatch() throws Exception {
            Future<Void> looking = threads.submit(watch(requests.get("/lab/state", ada), Set.of(200)));
            // Before the first logout there is nothing to replay: 409.
            Future<Void> replaying = threads.submit(watch(requests.post("/lab/replay", ada), Set.of(202, 409)));
            assertThat(watching.await(20, TimeUnit.SECONDS)).isTrue();

            logout = exchange(requests.logOut(ada));
            loggedOut.set(true);
            looking.get(20, TimeUnit.SECONDS);
            replaying.get(20, TimeUnit.SECONDS);

            assertThat(logout.status()).isEqualTo(requests.loggedOut());
            assertThat(exchange(requests.get("/api/me", ada)).status()).isEqualTo(401);
        }

        /** Asks again and again, from before the logout until after it. */
        private Callable<Void> watch(RawRequest request, Set<Integer> statuses) {
            return () -> {
                boolean last;
                do {
                    last = loggedOut.get();
                    RawReply reply = exchange(request);
                    watching.countDown();
                    assertThat(reply.status()).isIn(statuses);
                    assertThat(reply.headers("Set-Cookie")).isEmpty();
                } while (!last);
                return null;
            };
        }

        void awaitTheSlowSave() {
            until("the slow save has ended", () -> !panel().flag("slowSave.running"));
            Json panel = panel();
            assertThat(panel.number("slowSave.status")).isEqualTo(requests.leavesTheRow() ? requests.saved() : 401);
            assertThat(panel.flag("slowSave.loggedOutMeanwhile")).isTrue();
            assertThat(panel.flag("slowSave.userBack")).isEqualTo(requests.leavesTheRow());
            assertThat(stage.rows().stream().map(StoredSession::user).anyMatch("ada"::equals))
                    .isEqualTo(requests.leavesTheRow());
            assertThat(stage.rows())
                    .extracting(StoredSession::id)
                    .containsExactlyElementsOf(requests.idsLeftBy(ada, List.of(logout)));
        }

        private Json panel() {
            return Json.of(exchange(requests.get("/lab/state", ada)).body());
        }

        private RawReply exchange(RawRequest request) {
            return RawConnection.exchange(stage.address(), request);
        }

        void close() {
            stage.close();
        }
    }
}
