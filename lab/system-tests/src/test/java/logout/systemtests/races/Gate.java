package logout.systemtests.races;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place in a route where requests wait until the test lets them go on. For one use. */
final class Gate {

    private static final int TIMEOUT_SECONDS = 20;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Called by the route. */
    void pass() {
        reached.countDown();
        await(open);
    }

    /** Waits until a request has come to the gate. */
    void awaitRequest() {
        await(reached);
    }

    /** Lets the request go on. */
    void open() {
        open.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Waited in vain at a gate.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted at a gate.", e);
        }
    }
}
