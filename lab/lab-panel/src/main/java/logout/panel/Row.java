package logout.panel;

import java.time.Instant;

/**
 * One row of the session store.
 *
 * @param id the session's id: the row's key, and the value of the session cookie
 * @param user who is logged in, or null
 * @param note what the session keeps, or null
 * @param created when the session began
 * @param lastUsed when a request last used it, to the precision at which the store saves that
 * @param expires from when on the row lets nobody in, although it may still be there; null for never
 * @param legible whether what the session keeps could be read; if not, user and note are null and say nothing
 */
public record Row(
        String id, String user, String note, Instant created, Instant lastUsed, Instant expires, boolean legible) {

    /** Whether the row is too old to let anybody in. */
    public boolean isExpired() {
        return expires != null && !expires.isAfter(Instant.now());
    }

    /** Whether whoever sends this row's id is logged in. */
    public boolean logsIn() {
        return user != null && !isExpired();
    }
}
