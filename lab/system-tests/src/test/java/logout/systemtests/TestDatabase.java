package logout.systemtests;

import java.util.UUID;

/** The databases that the session store must work with alike. In these, one waits for a locked row longer than a test holds it. */
public enum TestDatabase {
    H2,
    POSTGRESQL;

    /** The JDBC address of a new, empty database of this kind. */
    public String freshAddress() {
        return switch (this) {
            case H2 -> "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000";
            case POSTGRESQL -> PostgreSql.freshAddress() + "&options=-c%20statement_timeout=20000&socketTimeout=25";
        };
    }
}
