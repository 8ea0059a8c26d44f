package logout.panel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import logout.app.session.SessionStore;
import logout.app.session.Sessions;
import logout.experiment.StoredSession;
import org.eclipse.jetty.server.session.JDBCSessionDataStore.SessionTableSchema;
import org.eclipse.jetty.server.session.SessionData;
import org.eclipse.jetty.util.ClassLoadingObjectInputStream;

/** Reads the rows of a session store as Jetty wrote them, to show them. It changes nothing. */
public final class RowReader {

    private final DataSource database;
    private final SessionTableSchema schema = new SessionTableSchema();

    /** Reads the rows of this store. */
    public RowReader(SessionStore store) {
        database = store.database();
        schema.setTableName(store.table());
    }

    /**
     * How many rows there are.
     *
     * @throws SQLException where the database cannot be asked
     */
    public long count() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT COUNT(*) FROM " + schema.getTableName());
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    /**
     * The newest rows, newest first: expired ones too, as long as they are there.
     *
     * @param limit how many at most
     * @throws SQLException where the database cannot be asked
     */
    public List<StoredSession> newest(int limit) throws SQLException {
        String order = " ORDER BY " + schema.getCreateTimeColumn() + " DESC LIMIT ?";
        return read(order, statement -> statement.setInt(1, limit));
    }

    /**
     * One row, or null.
     *
     * @param id the row's key
     * @throws SQLException where the database cannot be asked
     */
    public StoredSession row(String id) throws SQLException {
        String condition = " WHERE " + schema.getIdColumn() + " = ?";
        List<StoredSession> rows = read(condition, statement -> statement.setString(1, id));
        return rows.isEmpty() ? null : rows.get(0);
    }

    private List<StoredSession> read(String condition, Parameters parameters) throws SQLException {
        String query = "SELECT * FROM " + schema.getTableName() + condition;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            parameters.setOn(statement);
            try (ResultSet result = statement.executeQuery()) {
                List<StoredSession> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        }
    }

    private StoredSession row(ResultSet result) throws SQLException {
        String id = result.getString(schema.getIdColumn());
        long created = result.getLong(schema.getCreateTimeColumn());
        long lastUsed = result.getLong(schema.getAccessTimeColumn());
        long expiry = result.getLong(schema.getExpiryTimeColumn());
        Optional<SessionData> data = attributes(id, result.getBytes(schema.getMapColumn()));
        return new StoredSession(
                id,
                data.map(kept -> (String) kept.getAttribute(Sessions.USER)).orElse(null),
                data.map(kept -> (String) kept.getAttribute(Sessions.NOTE)).orElse(null),
                Instant.ofEpochMilli(created),
                Instant.ofEpochMilli(lastUsed),
                expiry > 0 ? Instant.ofEpochMilli(expiry) : null,
                data.isPresent());
    }

    /** What the session keeps; empty where the bytes are not what Jetty writes, so that one row does not hide the others. */
    private static Optional<SessionData> attributes(String id, byte[] map) {
        if (map == null) {
            return Optional.empty();
        }
        SessionData data = new SessionData(id, "", "", 0, 0, 0, 0);
        try (ClassLoadingObjectInputStream in = new ClassLoadingObjectInputStream(new ByteArrayInputStream(map))) {
            SessionData.deserializeAttributes(data, in);
            return isText(data.getAttribute(Sessions.USER)) && isText(data.getAttribute(Sessions.NOTE))
                    ? Optional.of(data)
                    : Optional.empty();
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isText(Object value) {
        return value == null || value instanceof String;
    }

    /** Sets the parameters of a statement. */
    private interface Parameters {
        void setOn(PreparedStatement statement) throws SQLException;
    }
}
