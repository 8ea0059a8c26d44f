package logout.systemtests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A real PostgreSQL: started when it is first asked for, once for all tests. It ends with the JVM. */
public final class PostgreSql {

    private PostgreSql() {}

    /** The JDBC address of a new, empty database. */
    public static String freshAddress() {
        String name = "sessions_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(addressOf("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError("No database could be made.", e);
        }
        return addressOf(name);
    }

    private static String addressOf(String database) {
        return Server.RUNNING.getJdbcUrl("postgres", database);
    }

    /** Holds the server, so that it starts only where it is needed. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
