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
import javax.sql.DataSource;
import logout.app.session.RowStatement;
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
        return read(order, limit);
    }

    /**
     * One row, or null.
     *
     * @param id the row's key
     * @throws SQLException where the database cannot be asked
     */
    public StoredSession row(String id) throws SQLException {
        String condition = " WHERE " + schema.getIdColumn() + " = ?";
        List<StoredSession> rows = read(condition, id);
        return rows.isEmpty() ? null : rows.get(0);
    }

    private List<StoredSession> read(String condition, Object parameter) throws SQLException {
        String query = "SELECT * FROM " + schema.getTableName() + condition;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, parameter);
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
        RowStatement.Content content = content(result.getBytes(schema.getMapColumn()));
        return new StoredSession(
                id,
                content == null ? null : content.user(),
                content == null ? null : content.note(),
                Instant.ofEpochMilli(created),
                Instant.ofEpochMilli(lastUsed),
                expiry > 0 ? Instant.ofEpochMilli(expiry) : null,
                content != null);
    }

    /** What the session keeps; null where that is not what Jetty and the app write, so that one row does not hide the others. */
    private static RowStatement.Content content(byte[] map) {
        try (ClassLoadingObjectInputStream in = new ClassLoadingObjectInputStream(new ByteArrayInputStream(map))) {
            SessionData data = new SessionData("", "", "", 0, 0, 0, 0);
            SessionData.deserializeAttributes(data, in);
            return new RowStatement.Content(
                    (String) data.getAttribute(Sessions.USER), (String) data.getAttribute(Sessions.NOTE));
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            return null;
        }
    }
}
