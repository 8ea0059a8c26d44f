package logout.trust.races;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.trust.Requests;
import logout.trust.races.Effect.Kind;

/**
 * What must hold in every interleaving, whoever was faster. Where two requests overlapped, either order is right; where
 * one was over before the other began, only one is.
 */
final class Rules {

    private final Requests requests;
    private final List<Effect> effects;

    Rules(History history) {
        this.requests = history.requests();
        this.effects = history.effects();
    }

    /** The effects that break a rule. */
    List<Effect> broken() {
        return effects.stream().filter(effect -> !isRight(effect)).toList();
    }

    private boolean isRight(Effect effect) {
        return switch (effect.kind()) {
            case LOG_IN -> effect.status() == 204 && effect.set().size() == 1;
            case LOG_OUT -> isRightLogout(effect);
            case SAVE -> isRightSave(effect) && effect.set().isEmpty();
            case READ_USER -> isLoggedInAsItMustBe(effect, effect.status() == 200, effect.status() == 401);
            case READ_NOTE ->
                effect.status() == 200
                        && isNoteOfThisSession(effect)
                        && effect.set().isEmpty();
            case VIEW_PAGE, VIEW_PANEL -> effect.status() == 200 && effect.set().isEmpty();
            case REPLAY_BY_PANEL ->
                Set.of(202, 409).contains(effect.status()) && effect.set().isEmpty();
            case LOOK_AT_ROW ->
                isLoggedInAsItMustBe(effect, effect.status() == 200, effect.status() != 200)
                        && isRowThereAsItMustBe(effect)
                        && isNoteOfThisSession(effect);
        };
    }

    private boolean isRightLogout(Effect logout) {
        boolean statusIsRight = logout.status() == requests.loggedOut()
                || requests.leavesTheRow() && logout.status() == 401 && mayHaveEnded(logout);
        List<String> set = logout.set();
        return statusIsRight
                && switch (requests.logout()) {
                    case STAGE_1_GET -> set.isEmpty();
                    case STAGE_4 -> set.equals(List.of(""));
                    case STAGE_1_POST, STAGE_2 -> isRightRenewal(logout, List.of());
                    case STAGE_3 -> isRightRenewal(logout, List.of(""));
                };
    }

    /**
     * Whether a logout that renews has set the right cookie.
     *
     * @param otherwise what it sets where it finds no session
     */
    private boolean isRightRenewal(Effect logout, List<String> otherwise) {
        boolean renewed = isOneNewId(logout.set()) && !hadEnded(logout);
        return renewed || logout.set().equals(otherwise) && !isAliveDuring(logout);
    }

    private static boolean isOneNewId(List<String> set) {
        return set.size() == 1 && !set.get(0).isEmpty();
    }

    private boolean isRightSave(Effect save) {
        if (isAliveDuring(save)) {
            return save.status() == requests.saved();
        }
        return save.status() == 401 || save.status() == requests.saved() && !hadEnded(save);
    }

    private boolean isLoggedInAsItMustBe(Effect look, boolean loggedIn, boolean loggedOut) {
        boolean wasLoggedIn = bornBy(look.cookie(), Kind.LOG_IN);
        boolean mayBeIn = wasLoggedIn && !hadEnded(look) && !wasForgottenBefore(look);
        boolean mayBeOut = !wasLoggedIn
                || mayHaveEnded(look)
                || forgettersOf(look.cookie()).anyMatch(notAfter(look));
        return loggedIn && mayBeIn || loggedOut && mayBeOut;
    }

    private boolean isRowThereAsItMustBe(Effect look) {
        boolean there = look.status() != 404;
        return there ? !hadEnded(look) : mayHaveEnded(look);
    }

    /** A note that was kept with the same cookie, or none. */
    private boolean isNoteOfThisSession(Effect read) {
        if (read.note() == null) {
            return true;
        }
        return !hadEnded(read)
                && effects.stream()
                        .filter(effect -> effect.kind() == Kind.SAVE && effect.cookie() != null)
                        .filter(effect -> effect.cookie().equals(read.cookie()))
                        .anyMatch(effect -> effect.note().equals(read.note()) && !read.isBefore(effect));
    }

    /** Whether there was a session under this cookie, from before this effect until after it. */
    private boolean isAliveDuring(Effect effect) {
        return isKnown(effect.cookie()) && !mayHaveEnded(effect);
    }

    private boolean isKnown(String cookie) {
        return bornBy(cookie, Kind.LOG_IN) || bornBy(cookie, Kind.LOG_OUT);
    }

    private boolean bornBy(String cookie, Kind kind) {
        return cookie != null
                && effects.stream()
                        .anyMatch(
                                effect -> effect.kind() == kind && effect.set().contains(cookie));
    }

    /** Whether the session of a effect's cookie was over for certain when it began. */
    private boolean hadEnded(Effect effect) {
        return effect.cookie() == null || endersOf(effect).anyMatch(ender -> ender.isBefore(effect));
    }

    private boolean mayHaveEnded(Effect effect) {
        return effect.cookie() == null || endersOf(effect).anyMatch(notAfter(effect));
    }

    /** The requests that end the session: a login begins a new one, and all logouts but one do away with the old. */
    private Stream<Effect> endersOf(Effect effect) {
        return effects.stream()
                .filter(other -> !other.equals(effect) && effect.cookie().equals(other.cookie()))
                .filter(other ->
                        other.kind() == Kind.LOG_IN || other.kind() == Kind.LOG_OUT && !requests.leavesTheRow());
    }

    /** Whether the user had been taken out of the session, and no save was in flight then that could bring the user back. */
    private boolean wasForgottenBefore(Effect look) {
        return forgettersOf(look.cookie())
                .filter(logout -> logout.isBefore(look))
                .anyMatch(logout -> effects.stream()
                        .filter(save ->
                                save.kind() == Kind.SAVE && logout.cookie().equals(save.cookie()))
                        .noneMatch(save -> save.overlaps(logout) && !look.isBefore(save)));
    }

    private Stream<Effect> forgettersOf(String cookie) {
        return effects.stream()
                .filter(effect -> requests.leavesTheRow() && effect.kind() == Kind.LOG_OUT)
                .filter(effect -> effect.cookie() != null && effect.cookie().equals(cookie));
    }

    private static Predicate<Effect> notAfter(Effect effect) {
        return other -> !effect.isBefore(other);
    }

    /** How many of the rows are left when all is over. Of those, each has a cookie that was handed out. */
    long rowsLeft() {
        return effects.stream()
                .filter(effect -> effect.kind() == Kind.LOOK_AT_ROW && effect.status() != 404)
                .filter(look -> effects.stream()
                        .noneMatch(later -> later.kind() == Kind.LOOK_AT_ROW
                                && later.cookie().equals(look.cookie())
                                && look.isBefore(later)))
                .map(Effect::cookie)
                .collect(Collectors.toSet())
                .size();
    }
}
