package logout.trust.races;

import java.util.List;

/**
 * One request of an interleaving and what came of it, or one look at a row.
 *
 * @param who whose step it was
 * @param kind what it was
 * @param cookie the session cookie that was sent, or whose row was looked at; null for none
 * @param note the note that was to be kept, or that was read; null for none
 * @param begun when its first byte was sent, in ticks of the interleaving's clock
 * @param answered when its reply was read
 * @param status of the reply; of a look, 200 where the row is there with a user, 204 where it has none, 404 where it is gone
 * @param set what the reply set the session cookie to, empty for a deletion
 */
record Effect(
        String who, Kind kind, String cookie, String note, int begun, int answered, int status, List<String> set) {

    /** What people do. */
    enum Kind {
        LOG_IN,
        SAVE,
        READ_USER,
        READ_NOTE,
        VIEW_PAGE,
        VIEW_PANEL,
        REPLAY_BY_PANEL,
        LOG_OUT,
        LOOK_AT_ROW
    }

    /** Whether it was over before another one began. */
    boolean isBefore(Effect other) {
        return answered < other.begun;
    }

    /** Whether both were under way at the same time. */
    boolean overlaps(Effect other) {
        return !isBefore(other) && !other.isBefore(this);
    }
}
