package logout.systemtests.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import logout.stage04.DestroySessionApp;
import logout.systemtests.PostgreSql;
import logout.testing.Browser;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A million rows take a minute, so there are fewer unless {@code -Dexpired.rows=1000000} asks for them. */
@DisplayName("Very many expired rows")
class ManyExpiredRowsTest {

    private static final int ROWS = Integer.getInteger("expired.rows", 5_000);
    private static final String TABLE = DestroySessionApp.STAGE.table();

    /** Generous: it is a few milliseconds on an idle machine. */
    private static final Duration LONGEST_REPLY = Duration.ofSeconds(4);

    @Test
    void in_memory_they_are_swept_away_while_requests_are_answered() {
        try (RunningStage stage = RunningStage.of(DestroySessionApp.STAGE).start()) {
            sweep(stage, "SYSTEM_RANGE(1, " + ROWS + ")");
        }
    }

    @Test
    void on_postgresql_they_are_swept_away_while_requests_are_answered_neither_one_by_one_nor_all_at_once() {
        try (RunningStage stage = RunningStage.of(DestroySessionApp.STAGE)
                .on(PostgreSql.freshAddress())
                .start()) {
            long before = transactions(stage);

            sweep(stage, "generate_series(1, " + ROWS + ") AS series(x)");

            assertThat(transactions(stage) - before).as("transactions").isBetween(ROWS / 2_000L, ROWS / 100L);
        }
    }

    private static long transactions(RunningStage stage) {
        return Long.parseLong(stage.ask("SELECT pg_current_xact_id()::text"));
    }

    private static void sweep(RunningStage stage, String series) {
        Browser browser = stage.newBrowser().logIn();
        // Copies of the only row, all long expired, at different times.
        int added = stage.update("INSERT INTO " + TABLE + " SELECT 'expired' || x, contextPath, virtualHost, lastNode,"
                + " accessTime, lastAccessTime, createTime, cookieTime, lastSavedTime, x / 3 + 1, maxInterval, map"
                + " FROM " + TABLE + ", " + series);
        assertThat(added).isEqualTo(ROWS);

        CompletableFuture<Void> sweeping = CompletableFuture.runAsync(stage::sweep);
        do {
            long begun = System.nanoTime();
            assertThat(browser.user()).isEqualTo("ada");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST_REPLY);
        } while (!sweeping.isDone());

        sweeping.join();
        assertThat(stage.rows()).containsExactly(stage.rowOf(browser));
    }
}
