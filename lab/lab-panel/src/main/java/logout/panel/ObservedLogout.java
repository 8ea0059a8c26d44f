package logout.panel;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import logout.experiment.Call;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.StoredSession;
import logout.experiment.Verdict;
import logout.panel.ExchangeLog.Exchange;
import logout.panel.ExchangeLog.Recording;

/**
 * A logout that the stage has seen, and what it left behind, column by column. It is made from what was observed around that
 * logout and knows nothing of what is expected. The id from before it is the only raw id that the panel remembers, and only here.
 */
final class ObservedLogout {

    /** A replay after a save in flight may find what the save has brought back: that is no trace of the logout. */
    private static final Observation SAVED_SINCE =
            Observation.notSeen("a save in flight has reached the session first");

    /** What edited code does is no trace of a logout that ran what was there before. */
    private static final Observation EDITED_SINCE = Observation.notSeen("the code was edited after this logout");

    private final Map<ResidueColumn, Column> columns = new EnumMap<>(ResidueColumn.class);
    private final Exchange exchange;
    private final StoredSession before;
    private final int code;
    private final List<Recording> recordings;
    private final Fingerprint newId;
    private Observation replay;
    private boolean saveFollowed;

    /**
     * The logout, of which some columns can be told as soon as the reply is decided.
     *
     * @param location where the reply redirects to, or null
     * @param before the row to which its cookie pointed
     * @param begun the id of a session that the logout began, or null
     * @param store where those two are looked for now
     * @param code which edit of the stage's code it ran
     * @param recordings of the logout and of the requests of its session that were under way meanwhile, the logout first
     */
    ObservedLogout(
            String location,
            StoredSession before,
            String begun,
            RowReader store,
            int code,
            List<Recording> recordings) {
        Observation oldRow = AttackRequests.seen(() -> Observation.oldRow(store.row(before.id())));
        Observation newRow = AttackRequests.seen(() -> Observation.newRow(begun == null ? null : store.row(begun)));
        this.exchange = recordings.get(0).exchange();
        this.before = before;
        this.code = code;
        this.recordings = recordings;
        List<Fingerprint> set = exchange.set();
        this.newId = set.isEmpty() ? null : set.get(set.size() - 1);
        Fingerprint kept = set.isEmpty() ? oldId() : newId;
        List<Boolean> deletions = set.stream().map(Objects::isNull).toList();
        for (ResidueColumn column : ResidueColumn.values()) {
            tell(column, null, null, null, null);
        }
        tell(ResidueColumn.REPLY, null, Observation.reply(exchange.status(), location), null, null);
        tell(ResidueColumn.SET_COOKIE, null, Observation.setCookies(deletions, exchange.overwritten()), null, newId);
        tell(ResidueColumn.COOKIE, null, Observation.cookie(oldId(), kept), oldId(), kept);
        String content = Observation.content(before);
        tell(ResidueColumn.OLD_ROW, content, oldRow, oldId(), oldRow.isLeftBehind() ? oldId() : null);
        tell(ResidueColumn.NEW_ROW, null, newRow, null, newRow.isLeftBehind() ? Fingerprint.of(begun) : null);
    }

    private void tell(
            ResidueColumn column,
            String before,
            Observation after,
            Fingerprint fingerprintBefore,
            Fingerprint fingerprintAfter) {
        columns.put(
                column,
                new Column(
                        column.key(),
                        column.title(),
                        before,
                        after == null || after.verdict() == Verdict.NOT_SEEN ? null : after.inWords(),
                        after != null && after.verdict() == Verdict.NOT_SEEN ? after.reason() : null,
                        fingerprintBefore,
                        fingerprintAfter));
    }

    Call call() {
        return Call.of(exchange.method(), exchange.path());
    }

    boolean isBy(String sender) {
        return exchange.by().equals(sender);
    }

    /** Whether a browser that has held these has sent it: it held the id from before, or holds the one that the logout set. */
    boolean isOf(Set<Fingerprint> held) {
        return held.contains(oldId()) || held.contains(newId);
    }

    /** The id of the session from before. */
    String id() {
        return before.id();
    }

    private Fingerprint oldId() {
        return exchange.sent();
    }

    /** From now on the session is no longer as the logout left it: a save in flight is being sent to it. */
    void saveFollows() {
        saveFollowed = true;
    }

    /**
     * Fills in a column that had to be tried. What has been seen stays, where a later try sees nothing.
     *
     * @param version which edit of the stage's code runs now
     */
    void observe(ResidueColumn column, Observation found, int version) {
        boolean isReplay = column == ResidueColumn.REPLAY;
        replay = isReplay ? found : replay;
        Observation left = version != code ? EDITED_SINCE : saveFollowed && isReplay ? SAVED_SINCE : found;
        if (columns.get(column).after() == null || left.verdict() != Verdict.NOT_SEEN) {
            tell(column, null, left, null, null);
        }
    }

    PanelState.Try replay() {
        return replay == null ? null : new PanelState.Try(oldId(), replay);
    }

    Instant time() {
        return exchange.time();
    }

    PanelState.Logout shown(ExchangeLog log) {
        return new PanelState.Logout(
                exchange, before.user(), code, List.copyOf(columns.values()), log.toView(recordings));
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
            Fingerprint fingerprintAfter) {}
}
