package logout.panel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.time.Instant;
import java.util.List;
import logout.experiment.Call;
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
        Replay replay,
        SlowSave slowSave,
        ForeignLink foreignLink) {

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
     * @param row whether the store has the row that it points to
     * @param expired whether that row is too old to let anybody in
     * @param others the session cookies that came along and that the server does not take
     */
    record Cookie(
            String name,
            List<String> attributes,
            Fingerprint fingerprint,
            boolean row,
            boolean expired,
            List<ExchangeLog.OtherCookie> others) {}

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

        static ShownRow of(StoredSession row, Fingerprint fingerprint, boolean yours, boolean visitor) {
            return new ShownRow(
                    fingerprint,
                    row.user(),
                    shortened(row.note()),
                    row.created(),
                    row.lastUsed(),
                    row.isExpired(),
                    row.legible(),
                    yours,
                    visitor);
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
     * @param failed whether its reply was an error
     * @param code the edit of the stage's code that it ran
     * @param recorded the logout as it happened, and the requests of its session that were under way meanwhile
     */
    record Logout(
            int exchange,
            String request,
            Instant time,
            String user,
            boolean failed,
            int code,
            Fingerprint old,
            List<Column> columns,
            List<RecordedRequest> recorded) {}

    /**
     * What the old cookie found when it was sent again.
     *
     * @param alive whether the store has its session, be it empty
     * @param notSeen why that could not be seen, or null; if so, the rest says nothing
     */
    record Replay(Fingerprint fingerprint, boolean loggedIn, boolean readsNote, boolean alive, String notSeen) {

        static Replay of(Fingerprint fingerprint, Observation found) {
            return found instanceof Observation.Replay seen
                    ? new Replay(fingerprint, seen.loggedIn(), seen.readsNote(), seen.alive(), null)
                    : new Replay(fingerprint, false, false, false, found.reason());
        }
    }

    /**
     * A save that is held back until its session is logged out, or for 20 seconds.
     *
     * @param running whether it is under way; if so, {@code status} and {@code userBack} are not known yet
     * @param secondsLeft until the rest of it is sent
     * @param status of its reply; 0 where none came
     * @param loggedOutMeanwhile whether its session was logged out while it was under way
     * @param userBack whether that session is logged in again, now that it is over
     * @param notSeen why the last could not be seen, or null
     */
    record SlowSave(
            boolean running,
            long secondsLeft,
            Fingerprint fingerprint,
            int status,
            boolean loggedOutMeanwhile,
            boolean userBack,
            String notSeen) {

        /** One that is over. */
        static SlowSave over(Fingerprint fingerprint, int status, boolean loggedOutMeanwhile, Observation found) {
            return new SlowSave(
                    false, 0, fingerprint, status, loggedOutMeanwhile, found.isLeftBehind(), found.reason());
        }
    }

    /**
     * What came of a logout that another site asked for.
     *
     * @param cookieLost whether the reply to the same request without the cookie took the cookie from the browser
     * @param notSeen why that could not be seen, or null
     */
    record ForeignLink(String request, boolean loggedOut, boolean cookieLost, Fingerprint fingerprint, String notSeen) {

        static ForeignLink of(Call call, Fingerprint fingerprint, Observation found) {
            return found instanceof Observation.ForeignLogout seen
                    ? new ForeignLink(call.toString(), seen.withCookie(), seen.withoutCookie(), fingerprint, null)
                    : new ForeignLink(call.toString(), false, false, fingerprint, found.reason());
        }
    }
}
