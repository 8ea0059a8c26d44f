package logout.systemtests.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does something at all stages at once, so that the time in which one waits for its database is not added to the next one's. */
final class Together {

    /** Whatever hangs for so long hangs for good: better a failure than a build that does not end. */
    private static final long LONGEST_SECONDS = 40;

    private Together() {}

    /** Returns when it is done everywhere; where it failed, the failure says for which. */
    static void all(List<FragileStage> stages, Consumer<FragileStage> effect) {
        ExecutorService threads = Executors.newFixedThreadPool(stages.size());
        try {
            List<CompletableFuture<Void>> effects = stages.stream()
                    .map(stage -> CompletableFuture.runAsync(() -> named(stage, effect), threads)
                            .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .toList();
            effects.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void named(FragileStage stage, Consumer<FragileStage> effect) {
        try {
            effect.accept(stage);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(stage + ": " + e.getMessage(), e);
        }
    }
}
