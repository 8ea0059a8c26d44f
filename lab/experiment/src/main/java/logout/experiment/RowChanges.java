package logout.experiment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rows of a store of which no more is known than their keys, looked at around a login and a logout. */
final class RowChanges {

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

    /** Why they are not seen; null where they are. */
    private Observation unseen;

    RowChanges(LogoutUnderTest app) {
        this.app = app;
    }

    void look(Moment moment) {
        Map<String, Map<String, String>> rows = app.rows();
        if (rows == null && unseen == null) {
            unseen = Observation.notSeen(
                    looks.isEmpty()
                            ? "the description names no session store (jdbc, table, key)"
                            : "the session store could not be read any more");
        }
        looks.put(moment, rows == null ? Map.of() : rows);
    }

    /** Whether the row is still there which the login has added, or else the page before it, and what the logout did to it. */
    Observation stays() {
        if (unseen != null) {
            return unseen;
        }
        Set<String> added = added(Moment.BEFORE_LOGIN, Moment.AFTER_LOGIN);
        Set<String> had = added.isEmpty() ? added(Moment.BEFORE_VISIT, Moment.AFTER_LOGIN) : added;
        Map<String, Map<String, String>> before = looks.get(Moment.BEFORE_LOGOUT);
        Map<String, Map<String, String>> after = looks.get(Moment.AFTER_LOGOUT);
        had.retainAll(before.keySet());
        if (had.isEmpty()) {
            return Observation.notSeen("the login added no row that was there until the logout");
        }
        had.retainAll(after.keySet());
        return had.stream()
                .findFirst()
                .map(key -> new Observation.Possible(true, " " + compared(key, before.get(key), after.get(key))))
                .orElse(new Observation.Possible(false));
    }

    /** Whether the logout added a row. */
    Observation added() {
        int count = added(Moment.BEFORE_LOGOUT, Moment.AFTER_LOGOUT).size();
        return unseen == null ? new Observation.Possible(count > 0, count == 0 ? "." : ": " + count + ".") : unseen;
    }

    private Set<String> added(Moment from, Moment to) {
        Set<String> added = new TreeSet<>(looks.get(to).keySet());
        added.removeAll(looks.get(from).keySet());
        return added;
    }

    /** What the logout did to a row, in whatever format it is. */
    private String compared(String key, Map<String, String> before, Map<String, String> after) {
        List<String> columns = after.keySet().stream()
                .filter(column -> !after.get(column).equals(before.get(column)))
                .toList();
        String change = columns.isEmpty()
                ? "The logout changed nothing in it. "
                : "The logout changed these of its columns: " + String.join(", ", columns) + ". ";
        String user = app.userName();
        String named = "The text \"" + user + "\" ";
        return change
                + (hasText(after, key, user)
                        ? named + "is in it."
                        : hasText(before, key, user)
                                ? named + "was in it, and is not any more."
                                : "What is in it is not legible from here.");
    }

    /** Not in its key, which is random and may have a short name in it by chance. */
    private static boolean hasText(Map<String, String> row, String key, String text) {
        return text != null && row.values().stream().anyMatch(column -> !column.equals(key) && column.contains(text));
    }
}
