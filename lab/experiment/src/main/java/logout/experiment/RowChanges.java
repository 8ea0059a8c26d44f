package logout.experiment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rows of a store of which no more is known than their keys, looked at around a login and a logout. */
final class RowChanges {

    private static final Observation NO_STORE =
            new Observation.NotSeen("the description names no session store (jdbc, table, key)");

    /** When the rows are looked at. */
    enum Moment {
        BEFORE_VISIT,
        BEFORE_LOGIN,
        AFTER_LOGIN,
        BEFORE_LOGOUT,
        AFTER_LOGOUT
    }

    private final LogoutUnderTest app;
    private final Map<Moment, Map<String, Map<String, String>>> looks = new EnumMap<>(Moment.class);

    RowChanges(LogoutUnderTest app) {
        this.app = app;
    }

    void look(Moment moment) {
        looks.put(moment, app.rows());
    }

    /** Whether the session's row is still there, and what the logout did to it. */
    Observation stays() {
        Map<String, Map<String, String>> before = looks.get(Moment.BEFORE_LOGOUT);
        Map<String, Map<String, String>> after = looks.get(Moment.AFTER_LOGOUT);
        if (before == null || after == null) {
            return NO_STORE;
        }
        List<String> had = ofLogin().stream().filter(before::containsKey).toList();
        if (had.isEmpty()) {
            return new Observation.NotSeen("the login added no row that was there until the logout");
        }
        return had.stream()
                .filter(after::containsKey)
                .findFirst()
                .map(key -> new Observation.Possible(true, " " + compared(before.get(key), after.get(key))))
                .orElse(new Observation.Possible(false));
    }

    /** The rows that the login has added; or else those of the session that the page before it began. */
    private Set<String> ofLogin() {
        Set<String> added = added(Moment.BEFORE_LOGIN, Moment.AFTER_LOGIN);
        return added.isEmpty() ? added(Moment.BEFORE_VISIT, Moment.AFTER_LOGIN) : added;
    }

    /** Whether the logout added a row. */
    Observation added() {
        if (looks.get(Moment.BEFORE_LOGOUT) == null || looks.get(Moment.AFTER_LOGOUT) == null) {
            return NO_STORE;
        }
        int count = added(Moment.BEFORE_LOGOUT, Moment.AFTER_LOGOUT).size();
        return new Observation.Possible(count > 0, count == 0 ? "" : " They are " + count + " more than before.");
    }

    private Set<String> added(Moment from, Moment to) {
        if (looks.get(from) == null || looks.get(to) == null) {
            return Set.of();
        }
        Set<String> added = new TreeSet<>(looks.get(to).keySet());
        added.removeAll(looks.get(from).keySet());
        return added;
    }

    /** What the logout did to a row, in whatever format it is. */
    private String compared(Map<String, String> before, Map<String, String> after) {
        List<String> columns = after.keySet().stream()
                .filter(column -> !after.get(column).equals(before.get(column)))
                .toList();
        String change = columns.isEmpty()
                ? "The logout changed nothing in it. "
                : "The logout changed these of its columns: " + String.join(", ", columns) + ". ";
        String user = app.userName();
        String named = "The text \"" + user + "\" ";
        return change
                + (hasText(after, user)
                        ? named + "is in it."
                        : hasText(before, user)
                                ? named + "was in it, and is not any more."
                                : "What is in it is not legible from here.");
    }

    private static boolean hasText(Map<String, String> row, String text) {
        return text != null && row.values().stream().anyMatch(column -> column.contains(text));
    }
}
