package logout.app.lab;

import java.time.Instant;
import java.util.List;
import logout.app.lab.Residue.Column;
import logout.app.session.Row;

/** All that the lab panel shows at a moment, in the form in which the page gets it. */
record PanelState(
        Cookie cookie,
        List<Exchange> exchanges,
        Store store,
        Logout logout,
        Replay replay,
        SlowSave slowSave,
        ForeignLink foreignLink) {

    /**
     * The session cookie that this browser sent.
     *
     * @param chip of its value, or null where none came
     * @param row whether the store has the row that it points to
     */
    record Cookie(String name, List<String> attributes, Chip chip, boolean row) {}

    /**
     * The session store.
     *
     * @param count how many rows there are
     * @param rows the newest of them, and this browser's
     */
    record Store(long count, List<ShownRow> rows) {}

    /** A row without its id; a long note is cut. */
    record ShownRow(Chip chip, String user, String note, Instant created, Instant lastUsed, boolean yours) {

        private static final int NOTE_LENGTH = 120;

        static ShownRow of(Row row, Fingerprints chips, String yours) {
            String note = row.note();
            String shown = note == null || note.length() <= NOTE_LENGTH ? note : note.substring(0, NOTE_LENGTH) + "…";
            return new ShownRow(
                    chips.chip(row.id()),
                    row.user(),
                    shown,
                    row.created(),
                    row.lastUsed(),
                    row.id().equals(yours));
        }
    }

    /** The last logout, and what it left behind. */
    record Logout(int exchange, String request, Instant time, String user, Chip old, List<Column> columns) {}

    /** What the old cookie found when it was sent again. */
    record Replay(Chip chip, Tries.Answer me, Tries.Answer note) {}

    /**
     * A save that takes three seconds.
     *
     * @param running whether it is under way; if so, what follows is not known yet
     * @param secondsLeft until the rest of it is sent
     * @param status of its reply; 0 where none came
     * @param loggedOutMeanwhile whether its session was logged out while it was under way
     * @param userBack whether that session is logged in again, now that it is over
     */
    record SlowSave(
            boolean running, long secondsLeft, Chip chip, int status, boolean loggedOutMeanwhile, boolean userBack) {}

    /** What came of a logout that another site asked for. */
    record ForeignLink(String request, int status, boolean loggedOut, Chip chip) {}
}
