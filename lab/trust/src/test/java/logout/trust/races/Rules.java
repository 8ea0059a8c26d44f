package logout.trust.races;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.trust.Requests;
import logout.trust.races.Deed.Kind;

/**
 * What must hold in every interleaving, whoever was faster. Where two requests overlapped, either order is right; where
 * one was over before the other began, only one is.
 */
final class Rules {

    private final Requests requests;
    private final List<Deed> deeds;

    Rules(History history) {
        this.requests = history.requests();
        this.deeds = history.deeds();
    }

    /** The deeds that break a rule. */
    List<Deed> broken() {
        return deeds.stream().filter(deed -> !isRight(deed)).toList();
    }

    private boolean isRight(Deed deed) {
        return switch (deed.kind()) {
            case LOG_IN -> deed.status() == 204 && deed.set().size() == 1;
            case LOG_OUT -> isRightLogout(deed);
            case SAVE -> isRightSave(deed) && deed.set().isEmpty();
            case READ_USER -> isLoggedInAsItMustBe(deed, deed.status() == 200, deed.status() == 401);
            case READ_NOTE ->
                deed.status() == 200 && isNoteOfThisSession(deed) && deed.set().isEmpty();
            case VIEW_PAGE, VIEW_PANEL -> deed.status() == 200 && deed.set().isEmpty();
            case REPLAY_BY_PANEL ->
                Set.of(202, 409).contains(deed.status()) && deed.set().isEmpty();
            case LOOK_AT_ROW ->
                isLoggedInAsItMustBe(deed, deed.status() == 200, deed.status() != 200)
                        && isRowThereAsItMustBe(deed)
                        && isNoteOfThisSession(deed);
        };
    }

    private boolean isRightLogout(Deed logout) {
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
    private boolean isRightRenewal(Deed logout, List<String> otherwise) {
        boolean renewed = isOneNewId(logout.set()) && !hadEnded(logout);
        return renewed || logout.set().equals(otherwise) && !isAliveDuring(logout);
    }

    private static boolean isOneNewId(List<String> set) {
        return set.size() == 1 && !set.get(0).isEmpty();
    }

    private boolean isRightSave(Deed save) {
        if (isAliveDuring(save)) {
            return save.status() == requests.saved();
        }
        return save.status() == 401 || save.status() == requests.saved() && !hadEnded(save);
    }

    private boolean isLoggedInAsItMustBe(Deed look, boolean loggedIn, boolean loggedOut) {
        boolean wasLoggedIn = bornBy(look.cookie(), Kind.LOG_IN);
        boolean mayBeIn = wasLoggedIn && !hadEnded(look) && !wasForgottenBefore(look);
        boolean mayBeOut = !wasLoggedIn
                || mayHaveEnded(look)
                || forgettersOf(look.cookie()).anyMatch(notAfter(look));
        return loggedIn && mayBeIn || loggedOut && mayBeOut;
    }

    private boolean isRowThereAsItMustBe(Deed look) {
        boolean there = look.status() != 404;
        return there ? !hadEnded(look) : mayHaveEnded(look);
    }

    /** A note that was kept with the same cookie, or none. */
    private boolean isNoteOfThisSession(Deed read) {
        if (read.note() == null) {
            return true;
        }
        return !hadEnded(read)
                && deeds.stream()
                        .filter(deed -> deed.kind() == Kind.SAVE && deed.cookie() != null)
                        .filter(deed -> deed.cookie().equals(read.cookie()))
                        .anyMatch(deed -> deed.note().equals(read.note()) && !read.isBefore(deed));
    }

    /** Whether there was a session under this cookie, from before this deed until after it. */
    private boolean isAliveDuring(Deed deed) {
        return isKnown(deed.cookie()) && !mayHaveEnded(deed);
    }

    private boolean isKnown(String cookie) {
        return bornBy(cookie, Kind.LOG_IN) || bornBy(cookie, Kind.LOG_OUT);
    }

    private boolean bornBy(String cookie, Kind kind) {
        return cookie != null
                && deeds.stream()
                        .anyMatch(deed -> deed.kind() == kind && deed.set().contains(cookie));
    }

    /** Whether the session of a deed's cookie was over for certain when it began. */
    private boolean hadEnded(Deed deed) {
        return deed.cookie() == null || endersOf(deed).anyMatch(ender -> ender.isBefore(deed));
    }

    private boolean mayHaveEnded(Deed deed) {
        return deed.cookie() == null || endersOf(deed).anyMatch(notAfter(deed));
    }

    /** The requests that end the session: a login begins a new one, and all logouts but one do away with the old. */
    private Stream<Deed> endersOf(Deed deed) {
        return deeds.stream()
                .filter(other -> !other.equals(deed) && deed.cookie().equals(other.cookie()))
                .filter(other ->
                        other.kind() == Kind.LOG_IN || other.kind() == Kind.LOG_OUT && !requests.leavesTheRow());
    }

    /** Whether the user had been taken out of the session, and no save was in flight then that could bring the user back. */
    private boolean wasForgottenBefore(Deed look) {
        return forgettersOf(look.cookie())
                .filter(logout -> logout.isBefore(look))
                .anyMatch(logout -> deeds.stream()
                        .filter(save ->
                                save.kind() == Kind.SAVE && logout.cookie().equals(save.cookie()))
                        .noneMatch(save -> save.overlaps(logout) && !look.isBefore(save)));
    }

    private Stream<Deed> forgettersOf(String cookie) {
        return deeds.stream()
                .filter(deed -> requests.leavesTheRow() && deed.kind() == Kind.LOG_OUT)
                .filter(deed -> deed.cookie() != null && deed.cookie().equals(cookie));
    }

    private static Predicate<Deed> notAfter(Deed deed) {
        return other -> !deed.isBefore(other);
    }

    /** How many of the rows are left when all is over. Of those, each has a cookie that was handed out. */
    long rowsLeft() {
        return deeds.stream()
                .filter(deed -> deed.kind() == Kind.LOOK_AT_ROW && deed.status() != 404)
                .filter(look -> deeds.stream()
                        .noneMatch(later -> later.kind() == Kind.LOOK_AT_ROW
                                && later.cookie().equals(look.cookie())
                                && look.isBefore(later)))
                .map(Deed::cookie)
                .collect(Collectors.toSet())
                .size();
    }
}
