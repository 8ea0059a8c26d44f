package logout.experiment;

import java.time.Instant;

/**
 * What a session store holds of one session: one row.
 *
 * @param id the session's id, which is the row's key
 * @param user who is logged in, or null
 * @param note what the session keeps, or null
 * @param created when the session began; null where the store does not tell
 * @param lastUsed when a request last used it, to the precision at which the store saves that; null where it does not tell
 * @param expires from when on it lets nobody in, although it may still be there; null for never
 * @param legible whether what the session keeps could be read; if not, user and note are null and say nothing
 */
public record StoredSession(
        String id, String user, String note, Instant created, Instant lastUsed, Instant expires, boolean legible) {

    /** Whether it is too old to let anybody in. */
    public boolean isExpired() {
        return expires != null && !expires.isAfter(Instant.now());
    }

    /** Whether whoever sends its cookie is logged in. */
    public boolean logsIn() {
        return user != null && !isExpired();
    }
}
