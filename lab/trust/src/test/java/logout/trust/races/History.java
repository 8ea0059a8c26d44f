package logout.trust.races;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import logout.panel.Row;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import logout.trust.Requests;
import logout.trust.races.Effect.Kind;

/** Sends what an interleaving asks for, and takes down what happens. */
final class History {

    private final Requests requests;
    private final RunningStage stage;
    private final AtomicInteger clock = new AtomicInteger();
    private final List<Effect> effects = new ArrayList<>();
    private final Set<String> cookies = new LinkedHashSet<>();

    History(Requests requests, RunningStage stage) {
        this.requests = requests;
        this.stage = stage;
    }

    Requests requests() {
        return requests;
    }

    /** All that has happened, in the order in which it began. */
    synchronized List<Effect> effects() {
        return effects.stream().sorted(Comparator.comparingInt(Effect::begun)).toList();
    }

    /** Every session cookie that a reply has ever set. */
    synchronized List<String> cookies() {
        return List.copyOf(cookies);
    }

    /** One of them; null where there is none yet. */
    synchronized String anyCookie(Random random) {
        return cookies.isEmpty() ? null : cookies().get(random.nextInt(cookies.size()));
    }

    /**
     * Begins a request.
     *
     * @param hold whether the stage is to load the session and then wait for the rest, where that can be done
     */
    Pending begin(String who, Kind kind, String cookie, String note, boolean hold) {
        return new Pending(who, kind, cookie, note, hold);
    }

    /** Sends every cookie that was ever known once more, and looks at its row. */
    void replayEverything() {
        for (String cookie : cookies()) {
            begin("replay", Kind.READ_USER, cookie, null, false).finish();
            begin("replay", Kind.READ_NOTE, cookie, null, false).finish();
            lookAtRow(cookie);
        }
    }

    private void lookAtRow(String cookie) {
        int begun = clock.incrementAndGet();
        Row row = stage.row(cookie);
        int status = row == null ? 404 : row.user() == null ? 204 : 200;
        add(new Effect(
                "look",
                Kind.LOOK_AT_ROW,
                cookie,
                row == null ? null : row.note(),
                begun,
                clock.incrementAndGet(),
                status,
                List.of()));
    }

    private synchronized void add(Effect effect) {
        effects.add(effect);
        effect.set().stream().filter(value -> !value.isEmpty()).forEach(cookies::add);
    }

    private RawRequest request(Kind kind, String cookie, String note) {
        return switch (kind) {
            case LOG_IN -> requests.logIn(cookie);
            case LOG_OUT -> requests.logOut(cookie);
            case SAVE -> requests.save(cookie, note);
            case READ_USER -> requests.get("/api/me", cookie);
            case READ_NOTE -> requests.get("/api/note", cookie);
            case VIEW_PAGE -> requests.get("/", cookie);
            case VIEW_PANEL -> requests.get("/lab/state", cookie);
            case REPLAY_BY_PANEL -> requests.post("/lab/replay", cookie);
            case LOOK_AT_ROW -> throw new IllegalArgumentException("A look is no request.");
        };
    }

    /** A request that is under way. */
    final class Pending {
        private final String who;
        private final Kind kind;
        private final String cookie;
        private final String note;
        private final RawRequest request;
        private final boolean held;
        private final int begun = clock.incrementAndGet();
        private final RawConnection connection = new RawConnection(stage.address());

        private Pending(String who, Kind kind, String cookie, String note, boolean hold) {
            this.who = who;
            this.kind = kind;
            this.cookie = cookie;
            this.note = kind == Kind.SAVE ? note : null;
            this.request = request(kind, cookie, note);
            this.held = hold && !request.body().isEmpty();
            if (held) {
                connection.begin(request);
            } else {
                connection.send(request);
            }
        }

        /** Whether the stage waits for the rest of it. */
        boolean isHeld() {
            return held;
        }

        /** Sends the rest, if there is any, and takes down what came of it. */
        Effect finish() {
            try (connection) {
                if (held) {
                    connection.write(request.body());
                }
                Effect effect = effect(connection.reply());
                add(effect);
                if (kind == Kind.LOG_OUT && cookie != null) {
                    lookAtRow(cookie);
                }
                return effect;
            }
        }

        private Effect effect(RawReply reply) {
            return new Effect(
                    who,
                    kind,
                    cookie,
                    kind == Kind.READ_NOTE ? noteIn(reply) : note,
                    begun,
                    clock.incrementAndGet(),
                    reply.status(),
                    requests.setCookies(reply));
        }
    }

    private static String noteIn(RawReply reply) {
        JsonElement note =
                JsonParser.parseString(reply.body()).getAsJsonObject().get("note");
        return note == null || note.isJsonNull() ? null : note.getAsString();
    }

    /** The story, a line a effect, with numbers in place of ids. */
    @Override
    public String toString() {
        List<String> known = cookies();
        StringBuilder story = new StringBuilder();
        for (Effect effect : effects()) {
            story.append(String.format(
                    "%4d to %4d  %-6s %-15s with %-4s -> %d",
                    effect.begun(),
                    effect.answered(),
                    effect.who(),
                    effect.kind(),
                    number(known, effect.cookie()),
                    effect.status()));
            if (effect.note() != null) {
                story.append(", note ")
                        .append(effect.note(), 0, Math.min(8, effect.note().length()));
            }
            effect.set().stream()
                    .map(value -> value.isEmpty() ? "deletion" : number(known, value))
                    .forEach(value -> story.append(", sets ").append(value));
            story.append('\n');
        }
        return story.toString();
    }

    private static String number(List<String> known, String cookie) {
        return cookie == null ? "none" : "#" + known.indexOf(Objects.requireNonNull(cookie));
    }
}
