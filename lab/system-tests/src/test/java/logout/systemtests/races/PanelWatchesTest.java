package logout.systemtests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import logout.app.session.Database;
import logout.launcher.StageWithPanel;
import logout.sidebyside.Logout;
import logout.systemtests.Requests;
import logout.testing.Json;
import logout.testing.QuickAccounts;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.eclipse.jetty.server.session.NullSessionCache;
import org.eclipse.jetty.server.session.Session;
import org.junit.jupiter.api.Test;

class PanelWatchesTest {

    private static final int SECONDS = 20;

    @Test
    void a_store_that_hangs_under_the_panel_s_own_request_keeps_nobody_else_waiting() throws Exception {
        Requests requests = new Requests(Logout.STAGE_4);
        AtomicBoolean hangs = new AtomicBoolean();
        CyclicBarrier store = new CyclicBarrier(2);
        try (Database database = Database.inMemory();
                StageWithPanel stage = StageWithPanel.start(
                        Logout.STAGE_4.stage(),
                        0,
                        database,
                        QuickAccounts.ALL,
                        sessions -> new NullSessionCache(sessions) {
                            @Override
                            public Session get(String id) throws Exception {
                                if (hangs.getAndSet(false)) {
                                    store.await(SECONDS, TimeUnit.SECONDS);
                                    store.await(SECONDS, TimeUnit.SECONDS);
                                }
                                return super.get(id);
                            }
                        })) {
            Function<RawRequest, RawReply> reply =
                    request -> RawConnection.exchange(stage.server().address(), request);
            String ada = requests.newCookie(reply.apply(requests.logIn(null)));
            RawRequest saveSlowly = requests.post("/lab/slow-save", ada);
            hangs.set(true);
            CompletableFuture<RawReply> hanging = CompletableFuture.supplyAsync(() -> reply.apply(saveSlowly));
            store.await(SECONDS, TimeUnit.SECONDS);

            assertThat(reply.apply(requests.get("/lab/state", ada)).status()).isEqualTo(200);
            assertThat(reply.apply(saveSlowly).status()).isEqualTo(409);
            assertThat(reply.apply(requests.logOut(ada)).status()).isEqualTo(requests.loggedOut());
            assertThat(hanging).isNotDone();

            store.await(SECONDS, TimeUnit.SECONDS);
            assertThat(hanging.get(SECONDS, TimeUnit.SECONDS).status()).isEqualTo(202);
            // The logout was there before the save was.
            Json state = Json.of(reply.apply(requests.get("/lab/state", ada)).body());
            assertThat(state.isNull("slowSave.found")).isTrue();
            assertThat(state.flag("slowSave.loggedOutMeanwhile")).isFalse();
        }
    }
}
