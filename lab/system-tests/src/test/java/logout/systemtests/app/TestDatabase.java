package logout.systemtests.app;

import java.util.UUID;
import logout.systemtests.PostgreSql;

/** The databases that the session store must work with alike. */
public enum TestDatabase {
    H2 {
        @Override
        public String freshAddress() {
            return "jdbc:h2:mem:" + UUID.randomUUID();
        }
    },

    POSTGRESQL {
        @Override
        public String freshAddress() {
            return PostgreSql.freshAddress();
        }
    };

    /** The JDBC address of a new, empty database of this kind. */
    public abstract String freshAddress();
}
