package logout.trust.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import logout.sidebyside.Logout;
import logout.testing.RunningStage;
import logout.trust.LockedRow;
import logout.trust.PostgreSql;
import logout.trust.Requests;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hundreds of interleavings, each from a seed. A failure names its seed and tells the story; {@code -Dseed=…} runs that
 * one again, as often as it would run different ones.
 */
@DisplayName("Random interleavings around each logout")
class InterleavingsTest {

    private static final long FIRST_SEED = 20_260;
    private static final int ON_H2 = 40;
    private static final int ON_POSTGRESQL = 5;
    private static final int THREADS = 3;

    /** The seed to run again, or null. */
    private static final Long SEED = Long.getLong("seed");

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @ParameterizedTest(name = "{0}, " + ON_H2 + " of them from seed " + FIRST_SEED + " on")
    @EnumSource
    void on_H2_none_leaves_an_old_id_logged_in_or_a_row_too_many(Logout logout) {
        run(logout, LockedRow.freshH2(), ON_H2);
    }

    @ParameterizedTest(name = "{0}, " + ON_POSTGRESQL + " of them from seed " + FIRST_SEED + " on")
    @EnumSource
    void on_PostgreSQL_none_leaves_an_old_id_logged_in_or_a_row_too_many(Logout logout) {
        run(logout, PostgreSql.freshAddress(), ON_POSTGRESQL);
    }

    private void run(Logout logout, String databaseAddress, int count) {
        Requests requests = new Requests(logout);
        try (RunningStage stage =
                RunningStage.of(requests.stage()).on(databaseAddress).start()) {
            for (int i = 0; i < count; i++) {
                stage.empty();
                long seed = SEED != null ? SEED : FIRST_SEED + i;
                History history = new Interleaving(seed, requests, stage, threads).run();
                Rules rules = new Rules(history);

                assertThat(rules.broken())
                        .as(() -> story(logout, seed, history))
                        .isEmpty();
                assertThat(stage.rows()).as(() -> story(logout, seed, history)).hasSize((int) rules.rowsLeft());
            }
        }
    }

    private static String story(Logout logout, long seed, History history) {
        return "The interleaving of seed " + seed + " at " + logout + ", to run again with -Dseed=" + seed + ":\n"
                + history;
    }
}
