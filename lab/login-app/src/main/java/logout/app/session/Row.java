package logout.app.session;

import java.time.Instant;

/**
 * One row of the session store.
 *
 * @param id the session's id: the row's key, and the value of the session cookie
 * @param user who is logged in, or null
 * @param note what the session keeps, or null
 * @param created when the session began
 * @param lastUsed when a request last used it, to the precision at which the store saves that
 */
public record Row(String id, String user, String note, Instant created, Instant lastUsed) {}
