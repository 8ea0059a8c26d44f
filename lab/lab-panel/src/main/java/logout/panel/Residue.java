package logout.panel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.StoredSession;

/**
 * What one logout left behind, column by column. It is made from what was observed around that logout and
 * knows nothing of what is expected.
 */
final class Residue {

    private static final List<ResidueColumn> TO_BE_TRIED =
            List.of(ResidueColumn.REPLAY, ResidueColumn.SAVE_IN_FLIGHT, ResidueColumn.FOREIGN_LINK);

    /** A replay after a save in flight may find what the save has brought back: that is no trace of the logout. */
    private static final Observation SAVED_SINCE =
            new Observation.NotSeen("a save in flight has reached the session first");

    /** What edited code does is no trace of a logout that ran what was there before. */
    private static final Observation EDITED_SINCE = new Observation.NotSeen("the code was edited after this logout");

    private final List<Column> columns = new ArrayList<>();
    private final Map<ResidueColumn, Observation> tried = new EnumMap<>(ResidueColumn.class);
    private final Fingerprint oldId;
    private final Fingerprint newId;
    private boolean saveFollowed;

    /**
     * The columns that can be told as soon as the reply is decided.
     *
     * @param exchange the logout, with a cookie that pointed to a row
     * @param location where the reply redirects to, or null
     * @param before the row to which the cookie pointed
     * @param oldRow what was seen of that row after the logout
     * @param newRow what was seen of the row of a session that the logout began
     */
    Residue(
            Exchange exchange,
            String location,
            StoredSession before,
            Observation oldRow,
            Observation newRow,
            Fingerprints fingerprints) {
        oldId = exchange.sent();
        newId = lastSet(exchange);
        Fingerprint kept = exchange.set().isEmpty() ? oldId : newId;
        tell(ResidueColumn.REPLY, null, Observation.reply(exchange.status(), location), null, null);
        tell(ResidueColumn.SET_COOKIE, null, setCookies(exchange), null, newId);
        tell(ResidueColumn.COOKIE, null, Observation.cookie(oldId, kept), oldId, kept);
        tell(
                ResidueColumn.OLD_ROW,
                Observation.NewRow.content(before),
                oldRow,
                oldId,
                oldRow.isLeftBehind() ? oldId : null);
        Fingerprint begun = newRow instanceof Observation.NewRow seen && seen.row() != null
                ? fingerprints.of(seen.row().id())
                : null;
        tell(ResidueColumn.NEW_ROW, null, newRow, null, begun);
        for (ResidueColumn toBeTried : TO_BE_TRIED) {
            tell(toBeTried, null, null, null, null);
        }
    }

    /** Of the session from before. */
    Fingerprint oldId() {
        return oldId;
    }

    /** What the reply set the session cookie to, or null. */
    Fingerprint newId() {
        return newId;
    }

    List<Column> columns() {
        return List.copyOf(columns);
    }

    /** What the latest try of a column has found, or null. */
    Observation tried(ResidueColumn column) {
        return tried.get(column);
    }

    /** From now on the session is no longer as the logout left it: a save in flight is being sent to it. */
    void saveFollows() {
        saveFollowed = true;
    }

    /**
     * Fills in a column that had to be tried. What has been seen stays, where a later try sees nothing.
     *
     * @param isEdited whether the code is another one than that of the logout
     */
    void observe(ResidueColumn column, Observation found, boolean isEdited) {
        tried.put(column, found);
        Observation left =
                isEdited ? EDITED_SINCE : saveFollowed && column == ResidueColumn.REPLAY ? SAVED_SINCE : found;
        boolean seenBefore = columns.get(column.ordinal()).after() != null;
        if (!seenBefore || !(left instanceof Observation.NotSeen)) {
            columns.set(column.ordinal(), new Column(column, null, left, null, null));
        }
    }

    private void tell(
            ResidueColumn column,
            String before,
            Observation after,
            Fingerprint fingerprintBefore,
            Fingerprint fingerprintAfter) {
        columns.add(new Column(column, before, after, fingerprintBefore, fingerprintAfter));
    }

    private static Observation setCookies(Exchange exchange) {
        List<Boolean> all =
                exchange.set().stream().map(set -> set.fingerprint() == null).toList();
        return Observation.setCookies(all, exchange.overwritten());
    }

    /** The id that the reply's last {@code Set-Cookie} sets, or null. */
    private static Fingerprint lastSet(Exchange exchange) {
        int count = exchange.set().size();
        return count == 0 ? null : exchange.set().get(count - 1).fingerprint();
    }

    /**
     * One column of the residue table.
     *
     * @param before what was there before the logout, or null
     * @param after what is there now, or null where that has not been seen
     * @param notSeen why it has not been seen, or null where it has or has not been tried
     */
    record Column(
            String key,
            String name,
            String before,
            String after,
            String notSeen,
            Fingerprint fingerprintBefore,
            Fingerprint fingerprintAfter) {

        private Column(
                ResidueColumn column,
                String before,
                Observation after,
                Fingerprint fingerprintBefore,
                Fingerprint fingerprintAfter) {
            this(
                    column.key(),
                    column.title(),
                    before,
                    after == null || after instanceof Observation.NotSeen ? null : after.inWords(),
                    after instanceof Observation.NotSeen not ? not.reason() : null,
                    fingerprintBefore,
                    fingerprintAfter);
        }
    }
}
