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
     * @throws IOException where the database cannot be asked
     */
    public long count() throws IOException {
        return read("COUNT(*)", "", result -> result.getLong(1)).get(0);
    }

    /**
     * The newest rows, newest first: expired ones too, as long as they are there.
     *
     * @param limit how many at most
     * @throws IOException where the database cannot be asked
     */
    public List<StoredSession> newest(int limit) throws IOException {
        return read("*", " ORDER BY " + schema.getCreateTimeColumn() + " DESC LIMIT ?", this::row, limit);
    }

    /**
     * One row, or null.
     *
     * @param id the row's key
     * @throws IOException where the database cannot be asked
     */
    public StoredSession row(String id) throws IOException {
        List<StoredSession> rows = read("*", " WHERE " + schema.getIdColumn() + " = ?", this::row, id);
        return rows.isEmpty() ? null : rows.get(0);
    }

    private interface Row<T> {
        T of(ResultSet result) throws SQLException;
    }

    private <T> List<T> read(String columns, String condition, Row<T> row, Object... parameters) throws IOException {
        String query = "SELECT " + columns + " FROM " + schema.getTableName() + condition;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (Object parameter : parameters) {
                statement.setObject(1, parameter);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row.of(result));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new IOException("the session store could not be read", e);
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
            return RowStatement.Content.of(data);
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            return null;
        }
    }
}
