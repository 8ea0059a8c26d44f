package logout.experiment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rows of a store of which no more is known than their keys, looked at around a login and a logout. */
final class RowChanges {

    private static final Observation NO_STORE =
            new Observation.NotSeen("the description names no session store (jdbc, table, key)");

    private final LogoutUnderTest app;
    private Map<String, Map<String, String>> beforeVisit;
    private Map<String, Map<String, String>> beforeLogin;
    private Map<String, Map<String, String>> beforeLogout;
    private Map<String, Map<String, String>> afterLogout;
    private Set<String> own = Set.of();

    RowChanges(LogoutUnderTest app) {
        this.app = app;
    }

    void beforeVisit() {
        beforeVisit = app.rows();
    }

    void beforeLogin() {
        beforeLogin = app.rows();
    }

    /** The rows that the login has added; or else those of the session that the page before it began. */
    void afterLogin() {
        Map<String, Map<String, String>> now = app.rows();
        own = added(beforeLogin, now);
        if (own.isEmpty()) {
            own = added(beforeVisit, now);
        }
    }

    void beforeLogout() {
        beforeLogout = app.rows();
    }

    void afterLogout() {
        afterLogout = app.rows();
    }

    /** Whether the session's row is still there, and what the logout did to it. */
    Observation stays() {
        if (beforeLogout == null || afterLogout == null) {
            return NO_STORE;
        }
        List<String> had = own.stream().filter(beforeLogout::containsKey).toList();
        List<String> staying = had.stream().filter(afterLogout::containsKey).toList();
        if (had.isEmpty()) {
            return new Observation.NotSeen("the login added no row that was there until the logout");
        }
        return new Observation.Possible(!staying.isEmpty(), staying.isEmpty() ? "" : " " + compared(staying.get(0)));
    }

    /** Whether the logout added a row. */
    Observation added() {
        if (beforeLogout == null || afterLogout == null) {
            return NO_STORE;
        }
        int count = added(beforeLogout, afterLogout).size();
        return new Observation.Possible(count > 0, count == 0 ? "" : " They are " + count + " more than before.");
    }

    private static Set<String> added(Map<String, ?> before, Map<String, ?> after) {
        if (before == null || after == null) {
            return Set.of();
        }
        Set<String> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        return added;
    }

    /** What the logout did to a row, in whatever format it is. */
    private String compared(String key) {
        Map<String, String> before = beforeLogout.get(key);
        Map<String, String> after = afterLogout.get(key);
        List<String> columns = after.keySet().stream()
                .filter(column -> !after.get(column).equals(before.get(column)))
                .toList();
        String change = columns.isEmpty()
                ? "The logout changed nothing in it. "
                : "The logout changed these of its columns: " + String.join(", ", columns) + ". ";
        String user = app.userName();
        if (user != null && hasText(after, user)) {
            return change + "The text \"" + user + "\" is in it.";
        }
        return change
                + (user != null && hasText(before, user)
                        ? "The text \"" + user + "\" was in it, and is not any more."
                        : "What is in it is not legible from here.");
    }

    private static boolean hasText(Map<String, String> row, String text) {
        return row.values().stream().anyMatch(column -> column.contains(text));
    }
}
