package logout.trust.races;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import logout.testing.RunningStage;
import logout.trust.Requests;
import logout.trust.races.Effect.Kind;

/**
 * What a few people do at one stage, in an order that a seed decides: two tabs of one browser, another browser, a thief with
 * copies of cookies, the lab panel. Most steps come one after the other; now and then two or three are let go at the same
 * moment. Some requests take two steps: in between, the stage has loaded the session and waits for the rest.
 */
final class Interleaving {

    private static final int MOST_AT_ONCE = 3;
    private static final int TIMEOUT_SECONDS = 30;

    private final Random random;
    private final History history;
    private final List<Actor> actors;
    private final ExecutorService threads;

    /**
     * An interleaving that is yet to run.
     *
     * @param threads as many as are let go at once, at least
     */
    Interleaving(long seed, Requests requests, RunningStage stage, ExecutorService threads) {
        this.random = new Random(seed);
        this.history = new History(requests, stage);
        this.threads = threads;
        Jar laptop = new Jar();
        this.actors = List.of(
                new Actor("tab 1", laptop, history, script(Kind.LOG_IN, Kind.SAVE, Kind.LOG_OUT), nextSeed()),
                new Actor("tab 2", laptop, history, script(Kind.SAVE, Kind.LOG_OUT, Kind.READ_USER), nextSeed()),
                new Actor("phone", new Jar(), history, script(Kind.LOG_IN, Kind.SAVE), nextSeed()),
                new Actor("thief", null, history, script(Kind.READ_USER, Kind.READ_NOTE), nextSeed()),
                new Actor("panel", laptop, history, panelScript(), nextSeed()));
    }

    private long nextSeed() {
        return random.nextLong();
    }

    /** These, and a few more, in any order. */
    private List<Kind> script(Kind... certain) {
        List<Kind> script = new ArrayList<>(Arrays.asList(certain));
        Kind[] any = {Kind.LOG_IN, Kind.SAVE, Kind.READ_USER, Kind.READ_NOTE, Kind.VIEW_PAGE, Kind.LOG_OUT};
        for (int more = random.nextInt(3); more > 0; more--) {
            script.add(any[random.nextInt(any.length)]);
        }
        Collections.shuffle(script, random);
        return script;
    }

    private List<Kind> panelScript() {
        return random.nextBoolean()
                ? List.of(Kind.VIEW_PANEL, Kind.REPLAY_BY_PANEL, Kind.VIEW_PANEL)
                : List.of(Kind.REPLAY_BY_PANEL, Kind.VIEW_PANEL);
    }

    /** Runs it, and returns what happened; all that was begun is answered, and every id that was ever known is replayed. */
    History run() {
        // Two sessions to begin with, so that there is something to log out of.
        actors.get(0).logIn();
        actors.get(2).logIn();
        List<Actor> busy = busy();
        while (!busy.isEmpty()) {
            Collections.shuffle(busy, random);
            int atOnce = random.nextInt(3) == 0 ? 2 + random.nextInt(MOST_AT_ONCE - 1) : 1;
            step(busy.subList(0, Math.min(atOnce, busy.size())));
            busy = busy();
        }
        history.replayEverything();
        return history;
    }

    private List<Actor> busy() {
        return new ArrayList<>(actors.stream().filter(Actor::hasMore).toList());
    }

    private void step(List<Actor> together) {
        if (together.size() == 1) {
            together.get(0).step();
            return;
        }
        CyclicBarrier barrier = new CyclicBarrier(together.size());
        List<Future<?>> steps = together.stream()
                .<Future<?>>map(actor -> threads.submit(() -> stepAt(barrier, actor)))
                .toList();
        steps.forEach(Interleaving::await);
    }

    private static void stepAt(CyclicBarrier barrier, Actor actor) {
        try {
            barrier.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            actor.step();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("Steps that were to be at once did not come together.", e);
        }
    }

    private static void await(Future<?> step) {
        try {
            step.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("A step did not end well.", e);
        }
    }
}
