package logout.experiment;

/**
 * What a session store holds of one session.
 *
 * @param user who is logged in, or null
 * @param note what the session keeps, or null
 * @param expired whether it is too old to let anybody in
 * @param legible whether its content could be read; if not, user and note are null and say nothing
 */
public record StoredSession(String user, String note, boolean expired, boolean legible) {

    /** Whether whoever sends its cookie is logged in. */
    public boolean logsIn() {
        return user != null && !expired;
    }
}
