package logout.app;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The databases that the session store must work with alike. */
public enum TestDatabase {
    H2 {
        @Override
        public String freshAddress() {
            return "jdbc:h2:mem:" + freshName();
        }
    },

    POSTGRESQL {
        @Override
        public String freshAddress() {
            String name = freshName();
            try (Connection connection = DriverManager.getConnection(PostgreSqlServer.address("postgres"));
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return PostgreSqlServer.address(name);
        }
    };

    /** The JDBC address of a new, empty database of this kind. */
    public abstract String freshAddress();

    private static String freshName() {
        return "sessions_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Started when first asked for, once for all tests; it ends with the JVM. */
    private static final class PostgreSqlServer {
        private static final EmbeddedPostgres SERVER = start();

        static String address(String database) {
            return SERVER.getJdbcUrl("postgres", database);
        }

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
