package logout.systemtests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import logout.sidebyside.Logout;
import logout.systemtests.PostgreSql;
import logout.systemtests.store.Failure.Fate;
import logout.testing.RawReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A session store that fails during a logout, for all five logouts")
@Order(1) // it takes the longest: begun last, it would run on alone
class FailingStoreTest {

    /** Whatever hangs for so long hangs for good: better a failure than a build that does not end. */
    private static final long LONGEST_SECONDS = 40;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static PostgreSql postgreSql;
    private static List<FragileStage> stages;

    @BeforeAll
    static void the_stages_keep_their_sessions_in_a_postgresql() {
        postgreSql = PostgreSql.start();
        PostgreSql.execute(
                postgreSql.newDatabase(),
                "CREATE ROLE stage LOGIN",
                // As a server outside of tests has it; the library's setting for quick tests loses the last moments.
                "ALTER ROLE stage SET synchronous_commit = on");
        stages = Stream.of(Logout.values())
                .map(logout -> new FragileStage(logout, postgreSql))
                .toList();
        atOnce(stages, FragileStage::logIn);
        atOnce(stages, FailingStoreTest::assertLogsOut);
    }

    @AfterAll
    static void all_of_it_is_stopped() {
        stages.forEach(FragileStage::close);
        postgreSql.close();
        THREADS.shutdownNow();
    }

    @BeforeEach
    void ada_is_logged_in_at_every_stage() {
        atOnce(stages, FragileStage::logIn);
    }

    /** At all of these at once, so that the time in which one waits for its database is not added to the next one's. */
    private static void atOnce(List<FragileStage> stages, Consumer<FragileStage> effect) {
        CompletableFuture.allOf(stages.stream()
                        .map(stage -> CompletableFuture.runAsync(() -> effect.accept(stage), THREADS))
                        .toArray(CompletableFuture[]::new))
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @ParameterizedTest(name = "the store {0}: the logout fails within five seconds, and says so")
    @EnumSource
    @Order(1)
    void a_logout_during_a_failure_claims_nothing(Failure failure) {
        boolean isAboutTheNewRow = failure.fate == Fate.OLD_ROW_GONE;
        List<FragileStage> struck = stages.stream()
                .filter(stage -> stage.requests.addsARow() || !isAboutTheNewRow)
                .toList();
        struck.forEach(stage -> stage.execute(failure.begin));
        try {
            atOnce(struck, stage -> assertHonest(stage, stage.logOut()));
        } finally {
            struck.forEach(stage -> stage.execute(failure.end));
            atOnce(struck, FragileStage::awaitStore);
        }
        atOnce(struck, stage -> stage.assertFate(failure.fate));
    }

    @Test
    @Order(2)
    void a_logout_while_the_whole_database_hangs_claims_nothing() {
        postgreSql.whileFrozen(() -> atOnce(stages, stage -> assertHonest(stage, stage.logOut())));
        atOnce(stages, stage -> {
            stage.awaitStore();
            stage.assertFate(Fate.UNKNOWN);
        });
    }

    @Test
    @Order(3)
    void a_logout_whose_connections_have_been_ended_is_either_done_or_claims_nothing() {
        stages.get(0).execute(Failure.UNREACHABLE.begin.subList(1, 2));
        atOnce(stages, stage -> assertLoggedOutOrClaimsNothing(stage, stage.logOut()));
    }

    @Test
    @Order(4)
    void after_all_that_each_logout_works_without_a_restart() {
        atOnce(stages, FailingStoreTest::assertLogsOut);
    }

    private static void assertLogsOut(FragileStage stage) {
        assertThat(stage.logOut().status()).isEqualTo(stage.requests.loggedOut());
        assertThat(stage.isLoggedIn()).isFalse();
    }

    private static void assertLoggedOutOrClaimsNothing(FragileStage stage, RawReply reply) {
        stage.awaitStore();
        if (reply.status() == 503) {
            assertHonest(stage, reply);
            stage.assertFate(Fate.UNKNOWN);
        } else {
            assertThat(stage.isLoggedIn()).isFalse();
        }
    }

    private static void assertHonest(FragileStage stage, RawReply reply) {
        assertThat(reply.status()).as(stage.toString()).isEqualTo(503);
        assertThat(reply.headers("Set-Cookie")).isEmpty();
        assertThat(reply.headers("Location")).isEmpty();
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        Logout logout = stage.requests.logout();
        if (logout.onPlainSite()) {
            assertThat(reply.header("Content-Type")).startsWith("text/html");
            assertThat(reply.body())
                    .contains("this app cannot tell whether you are logged out. Take it that you are still logged in")
                    .contains("<form method=\"" + logout.method() + "\" action=\"/logout\">")
                    .contains("href=\"/\"")
                    .doesNotContain("Home page");
        } else {
            assertThat(reply.body())
                    .isEqualTo("{\"error\":\"The session store failed. Take nothing as done, try again.\"}");
        }
    }
}
