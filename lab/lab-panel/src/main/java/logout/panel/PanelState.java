package logout.panel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.time.Instant;
import java.util.List;
import logout.experiment.Observation;
import logout.experiment.StoredSession;
import logout.panel.ExchangeLog.Exchange;
import logout.panel.ObservedLogout.Column;

/**
 * All that the lab panel shows at a moment, in the form in which the page gets it.
 *
 * @param server which start of the stage this is: what was numbered by another one is over
 * @param user who is logged in in this browser, or null
 * @param code counts up with each edit that was taken
 */
record PanelState(
        String server,
        int code,
        String user,
        Cookie cookie,
        List<Exchange> exchanges,
        Store store,
        Logout logout,
        Try replay,
        SlowSave slowSave,
        Try foreignLink) {

    private static final JsonSerializer<Instant> ISO_TIME = (time, type, context) -> new JsonPrimitive(time.toString());
    private static final Gson JSON = new GsonBuilder()
            .registerTypeAdapter(Instant.class, ISO_TIME)
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    /** What the panel tells its page. */
    static String json(Object value) {
        return JSON.toJson(value);
    }

    /**
     * The session cookie that this browser sent and that the server takes.
     *
     * @param fingerprint of its value, or null where none came
     * @param others the session cookies that came along and that the server does not take
     */
    record Cookie(
            String name, List<String> attributes, Fingerprint fingerprint, List<ExchangeLog.OtherCookie> others) {}

    /**
     * The session store.
     *
     * @param count how many rows there are
     * @param rows the newest of them, and this browser's
     */
    record Store(long count, List<ShownRow> rows) {}

    /**
     * A row without its id; a long note is cut.
     *
     * @param visitor whether a visitor of the comparison page began the session
     */
    record ShownRow(
            Fingerprint fingerprint,
            String user,
            String note,
            Instant created,
            Instant lastUsed,
            boolean expired,
            boolean legible,
            boolean yours,
            boolean visitor) {

        /** In characters, of which some are two of Java's. */
        private static final int NOTE_LENGTH = 120;

        /** The row as it is shown to a browser whose cookie points to the row with this id. */
        static ShownRow of(StoredSession row, String yours, ExchangeLog log) {
            Fingerprint fingerprint = Fingerprint.of(row.id());
            return new ShownRow(
                    fingerprint,
                    row.user(),
                    shortened(row.note()),
                    row.created(),
                    row.lastUsed(),
                    row.isExpired(),
                    row.legible(),
                    row.id().equals(yours),
                    log.isVisitors(fingerprint));
        }

        private static String shortened(String note) {
            return note == null || note.codePointCount(0, note.length()) <= NOTE_LENGTH
                    ? note
                    : note.substring(0, note.offsetByCodePoints(0, NOTE_LENGTH)) + "…";
        }
    }

    /**
     * The last logout of this browser, and what it left behind.
     *
     * @param exchange the logout's own
     * @param user who was logged in before it
     * @param code the edit of the stage's code that it ran
     * @param recorded the logout as it happened, and the requests of its session that were under way meanwhile
     */
    record Logout(Exchange exchange, String user, int code, List<Column> columns, List<RecordedRequest> recorded) {}

    /** What was tried on the session with this fingerprint, and what was observed. */
    record Try(Fingerprint fingerprint, Observation found) {}

    /**
     * A save that is held back until its session is logged out, or for 20 seconds.
     *
     * @param found whether that session is logged in again; null as long as the save is under way
     * @param status of its reply; 0 where none came yet
     * @param loggedOutMeanwhile whether its session was logged out while it was under way
     * @param secondsLeft until the rest of it is sent
     */
    record SlowSave(
            Fingerprint fingerprint, Observation found, int status, boolean loggedOutMeanwhile, long secondsLeft) {}
}
