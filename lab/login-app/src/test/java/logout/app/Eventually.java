package logout.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens after a reply, and for no longer than it takes. */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long STEP_MS = 10;

    private Eventually() {}

    /** Asks again and again until the answer is as it should be; fails after ten seconds. */
    public static <T> void assertThatEventually(Supplier<T> question, Predicate<T> answer) {
        long end = System.nanoTime() + LIMIT.toNanos();
        T last = question.get();
        while (!answer.test(last) && System.nanoTime() < end) {
            pause();
            last = question.get();
        }
        assertThat(last).matches(answer, "what was waited for");
    }

    private static void pause() {
        try {
            Thread.sleep(STEP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
