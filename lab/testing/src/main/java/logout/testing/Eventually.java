package logout.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for something that happens by itself, and no longer than it takes. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_MS = 20;

    private Eventually() {}

    /**
     * Asks again and again until the condition holds.
     *
     * @param what the condition in words, for the failure
     */
    public static void until(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("Waited " + PATIENCE.toSeconds() + " s in vain: " + what);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting.", e);
        }
    }
}
