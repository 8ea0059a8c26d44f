package logout.systemtests.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import logout.panel.RowReader;
import logout.stage04.DestroySessionApp;
import logout.systemtests.PostgreSql;
import logout.testing.Browser;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A million rows take a minute, so there are fewer unless {@code -Dexpired.rows=1000000} asks for them. */
@DisplayName("Very many expired rows")
class ManyExpiredRowsTest {

    private static final int ROWS = Integer.getInteger("expired.rows", 30_000);
    private static final String TABLE = DestroySessionApp.STAGE.table();

    /** Generous: it is a few milliseconds on an idle machine. */
    private static final Duration LONGEST_REPLY = Duration.ofSeconds(4);

    @Test
    void in_memory_they_are_swept_away_while_requests_are_answered() throws Exception {
        // Stays until the JVM ends.
        sweep("jdbc:h2:mem:" + UUID.randomUUID(), "SYSTEM_RANGE(1, " + ROWS + ")");
    }

    @Test
    void on_postgresql_they_are_swept_away_while_requests_are_answered_neither_one_by_one_nor_all_at_once()
            throws Exception {
        String address = PostgreSql.freshAddress();
        String transaction = "SELECT pg_current_xact_id()::text::bigint";
        long before = PostgreSql.number(address, transaction);

        sweep(address, "generate_series(1, " + ROWS + ") AS series(x)");

        assertThat(PostgreSql.number(address, transaction) - before)
                .as("transactions")
                .isBetween(ROWS / 2_000L, ROWS / 100L);
    }

    private static void sweep(String address, String series) throws Exception {
        try (RunningStage stage =
                RunningStage.of(DestroySessionApp.STAGE).on(address).start()) {
            Browser browser = stage.newBrowser();
            RowReader rows = new RowReader(stage.server().store());
            browser.logIn();
            addExpiredRows(stage, series);
            assertThat(rows.count()).isEqualTo(ROWS + 1);

            CompletableFuture<Void> sweeping = CompletableFuture.runAsync(stage::sweep);
            Duration slowest = Duration.ZERO;
            int replies = 0;
            long begun = System.nanoTime();
            while (!sweeping.isDone()) {
                Duration took = ask(browser);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                replies++;
            }
            sweeping.join();

            System.out.printf(
                    "   %,d rows swept in %,d ms; meanwhile %,d replies, the slowest after %,d ms%n",
                    ROWS, (System.nanoTime() - begun) / 1_000_000, replies, slowest.toMillis());
            assertThat(slowest).isLessThan(LONGEST_REPLY);
            assertThat(rows.count()).isEqualTo(1);
            browser.get("/api/me").then().statusCode(200);
        }
    }

    private static Duration ask(Browser browser) {
        long begun = System.nanoTime();
        browser.get("/api/me").then().statusCode(200);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Copies of the only row, all long expired, at different times. */
    private static void addExpiredRows(RunningStage stage, String series) {
        stage.update("INSERT INTO " + TABLE + " SELECT 'expired' || x, contextPath, virtualHost, lastNode,"
                + " accessTime, lastAccessTime, createTime, cookieTime, lastSavedTime, x / 3 + 1, maxInterval, map"
                + " FROM " + TABLE + ", " + series);
    }
}
