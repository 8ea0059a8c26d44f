package logout.systemtests.store;

import java.util.List;

/**
 * A way in which PostgreSQL fails in the middle of a logout, by its own means, and what that logout can have done by then. In
 * its statements, {@code TABLE} is the stage's table; {@code stage} is whom the stage logs in as.
 */
enum Failure {
    CHANGE_REFUSED("refuses to change or delete the row", Fate.NOT_DONE, "UPDATE OR DELETE", "RAISE 'no'"),

    UNREACHABLE(
            "lets nobody in",
            Fate.NOT_DONE,
            List.of(
                    "ALTER ROLE stage NOLOGIN",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'stage'"),
            List.of("ALTER ROLE stage LOGIN")),

    CHANGE_HANGS("hangs over the change of the row", Fate.NOT_DONE, "UPDATE OR DELETE", "PERFORM pg_sleep(20)"),

    CHANGE_CUTS_THE_LINE(
            "ends the connection before the change",
            Fate.NOT_DONE,
            "UPDATE OR DELETE",
            "PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(20)"),

    NEW_ROW_REFUSED("refuses the new row of a renewal", Fate.OLD_ROW_GONE, "INSERT", "RAISE 'no'"),

    NEW_ROW_HANGS("hangs over the new row of a renewal", Fate.OLD_ROW_GONE, "INSERT", "PERFORM pg_sleep(20)"),

    /** Each commit waits for a second server to have it, too, and there is none. */
    ANSWER_LOST(
            "changes the row, and never answers",
            Fate.OLD_ID_DEAD,
            List.of("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()"),
            List.of("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()"));

    private final String words;
    final Fate fate;
    final List<String> begin;
    final List<String> end;

    Failure(String words, Fate fate, List<String> begin, List<String> end) {
        this.words = words;
        this.fate = fate;
        this.begin = begin;
        this.end = end;
    }

    /** Does this whenever a row is touched in this way. */
    Failure(String words, Fate fate, String event, String effect) {
        this(
                words,
                fate,
                List.of(
                        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN " + effect
                                + "; RETURN NEW; END $$",
                        "CREATE TRIGGER fail BEFORE " + event + " ON TABLE FOR EACH ROW EXECUTE FUNCTION fail()"),
                List.of("DROP FUNCTION fail CASCADE"));
    }

    @Override
    public String toString() {
        return words;
    }

    /** What has become of the logout's session, once the store is back. */
    enum Fate {
        /** The session is as it was, as a whole. */
        NOT_DONE,
        /** The old row is gone; only the new one is missing. */
        OLD_ROW_GONE,
        /** The old cookie logs nobody in any more. */
        OLD_ID_DEAD,
        /** One of those: it depends on what the database still did with what it had been sent. */
        UNKNOWN
    }
}
