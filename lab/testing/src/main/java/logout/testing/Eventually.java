package logout.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for something that happens by itself, and no longer than it takes. */
public final class Eventually {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 20;

    private Eventually() {}

    /**
     * Asks again and again until the condition holds.
     *
     * @param what the condition in words, for the failure
     */
    public static void until(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("Waited " + TIMEOUT.toSeconds() + " s in vain: " + what);
            }
            pause();
        }
    }

    /** Asks again and again until the answer is as it should be. */
    public static <T> void assertThatEventually(Supplier<T> question, Predicate<T> answer) {
        AtomicReference<T> last = new AtomicReference<>();
        until("the answer is as it should be", () -> {
            last.set(question.get());
            return answer.test(last.get());
        });
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
