package logout.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Changes a database behind a stage's back. */
public final class Sql {

    private Sql() {}

    /**
     * Runs one statement, on a connection of its own.
     *
     * @param address the JDBC address of the database
     */
    public static void update(String address, String statement) {
        try (Connection connection = DriverManager.getConnection(address);
                Statement update = connection.createStatement()) {
            update.executeUpdate(statement);
        } catch (SQLException e) {
            throw new AssertionError("The session store cannot be changed.", e);
        }
    }
}
