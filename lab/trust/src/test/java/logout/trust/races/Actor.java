package logout.trust.races;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Random;
import logout.trust.races.Effect.Kind;
import logout.trust.races.History.Pending;

/** Someone with a list of things to do, one step at a time. */
final class Actor {

    private static final String LONG_NOTE_TAIL = "x".repeat(3_000);

    private final String name;
    private final Jar jar;
    private final History history;
    private final Deque<Kind> script;
    private final Random random;
    private Pending pending;
    private int notes;

    /**
     * Someone who has not begun yet.
     *
     * @param jar the browser's; null for a thief, who takes any cookie that was ever known
     */
    Actor(String name, Jar jar, History history, Collection<Kind> script, long seed) {
        this.name = name;
        this.jar = jar;
        this.history = history;
        this.script = new ArrayDeque<>(script);
        this.random = new Random(seed);
    }

    /** Whether there is a step left. */
    boolean hasMore() {
        return pending != null || !script.isEmpty();
    }

    /** Does the next step: a whole request, the first part of one, or the rest of the one that was begun. */
    void step() {
        if (pending != null) {
            keep(pending.finish());
            pending = null;
            return;
        }
        Kind kind = script.remove();
        Pending begun = history.begin(name, kind, cookie(), note(), random.nextInt(3) == 0);
        if (begun.isHeld()) {
            pending = begun;
        } else {
            keep(begun.finish());
        }
    }

    /** Logs in, in one step and beside the script. */
    void logIn() {
        keep(history.begin(name, Kind.LOG_IN, cookie(), null, false).finish());
    }

    private String cookie() {
        return jar == null ? history.anyCookie(random) : jar.cookie();
    }

    /** Of both sizes: a database may keep a long value elsewhere than in the row. */
    private String note() {
        return name.replace(" ", "") + notes++ + (random.nextBoolean() ? LONG_NOTE_TAIL : "");
    }

    private void keep(Effect effect) {
        if (jar != null) {
            jar.keep(effect.set());
        }
    }
}
