package logout.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/** Waits for something that happens by itself, and no longer than it takes. */
public final class Eventually {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Eventually() {}

    /**
     * Asks again and again until the condition holds.
     *
     * @param what the condition in words, for the failure
     */
    public static void until(String what, Callable<Boolean> condition) {
        waiting(what).until(condition);
    }

    /** Asks again and again until the answer is as it should be. */
    public static <T> void assertThatEventually(Callable<T> question, Predicate<T> answer) {
        waiting("the answer is as it should be").until(question, answer);
    }

    private static ConditionFactory waiting(String what) {
        return await(what).atMost(TIMEOUT).pollDelay(Duration.ZERO).pollInterval(PAUSE);
    }
}
