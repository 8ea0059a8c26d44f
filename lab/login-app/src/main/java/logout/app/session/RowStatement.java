package logout.app.session;

import org.eclipse.jetty.server.session.SessionData;

/**
 * A statement that the session store sent to its database, about one row.
 *
 * @param id the row's key
 * @param result what came of it
 * @param content what it has read or written of the session; null where it has read or written nothing of it
 */
public record RowStatement(Kind kind, String id, Result result, Content content) {

    public enum Kind {
        READ,
        INSERT,
        UPDATE,
        DELETE
    }

    public enum Result {
        /** The row was there; after an insert it is there. */
        FOUND,
        NOT_FOUND,
        /** The database did not do it, or did not say so. */
        FAILED
    }

    /**
     * What a session holds.
     *
     * @param user who is logged in, or null
     * @param note the note, or null
     */
    public record Content(String user, String note) {

        public static Content of(SessionData data) {
            return new Content((String) data.getAttribute(Sessions.USER), (String) data.getAttribute(Sessions.NOTE));
        }
    }
}
