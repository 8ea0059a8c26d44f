package logout.panel;

import java.util.List;

/**
 * A request as it happened, for a drawing: what was seen of it, in order, and no ids.
 *
 * @param number counts the requests of a stage, in the order in which they began
 * @param by who sent it
 * @param request its method and path
 */
public record RecordedRequest(int number, String by, String request, List<Event> events) {

    /** A visitor of the comparison page. */
    public static final String VISITOR = "comparison page";

    public static final String REPLAY = "replay";
    public static final String SLOW_SAVE = "slow save";
    public static final String FOREIGN_LINK = "link on another site";
    private static final String BROWSER = "browser";

    private static final String AGENT = "logout-step-by-step: ";

    /** The {@code User-Agent} by which the project's own programs are known; all else is a browser. */
    public static String agent(String sender) {
        return AGENT + sender;
    }

    /** Who sent a request, by its {@code User-Agent}. What comes after a semicolon tells one visitor from another. */
    static String sender(String agent) {
        return agent != null && agent.startsWith(AGENT)
                ? agent.substring(AGENT.length()).split(";")[0]
                : BROWSER;
    }

    /** The same, said to be sent by another. */
    public RecordedRequest by(String sender) {
        return new RecordedRequest(number, sender, request, events);
    }

    /**
     * One thing that happened.
     *
     * @param order counts the events of a stage, in the order in which they happened
     * @param micros when it happened, in microseconds on a clock of the stage
     * @param what it was: one of the words below, or what a statement does: {@code read}, {@code insert}, {@code update},
     *     {@code delete}
     * @param id of the session cookie or the row that it is about, or null
     * @param result what came of a statement: {@code found}, {@code not found}, {@code failed}; else null
     * @param content what a statement has read or written of the session; null where that is nothing
     * @param status of a reply; else 0
     */
    public record Event(
            int order, long micros, String what, Fingerprint id, String result, Content content, int status) {

        /** The request came, with this session cookie; null where it came with none. */
        static final String REQUEST = "request";

        /** A {@code Set-Cookie} stands in the reply that is being made: with this id, or a deletion where the id is null. */
        static final String SET = "set";

        /** A {@code Set-Cookie} that stood there stands there no longer. */
        static final String DROPPED = "dropped";

        /** The reply was decided. */
        static final String REPLY = "reply";
    }

    /**
     * What a session holds.
     *
     * @param user who is logged in, or null
     * @param note whether there is a note
     */
    public record Content(String user, boolean note) {}
}
