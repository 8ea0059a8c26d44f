package logout.app.session;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.jetty.server.session.JDBCSessionDataStore.SessionTableSchema;
import org.eclipse.jetty.server.session.SessionData;
import org.eclipse.jetty.util.ClassLoadingObjectInputStream;

/** Reads the rows of the store as Jetty wrote them, to show them. It changes nothing. */
final class RowReader {

    private final DataSource database;
    private final Patience patience;
    private final SessionTableSchema schema;

    RowReader(Database database, SessionTableSchema schema) {
        this.database = database.dataSource();
        this.patience = database.patience();
        this.schema = schema;
    }

    /** Makes the newest rows quick to find among many. */
    void prepare() throws SQLException {
        String index = "CREATE INDEX IF NOT EXISTS idx_" + schema.getTableName() + "_created ON "
                + schema.getTableName() + " (" + schema.getCreateTimeColumn() + ")";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(index)) {
            statement.executeUpdate();
        }
    }

    long count() throws SQLException {
        return patience.waitFor(this::countNow);
    }

    private long countNow() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT COUNT(*) FROM " + schema.getTableName());
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    List<Row> newest(int limit) throws SQLException {
        String order = " ORDER BY " + schema.getCreateTimeColumn() + " DESC LIMIT ?";
        return patience.waitFor(() -> read(order, statement -> statement.setInt(1, limit)));
    }

    Row row(String id) throws SQLException {
        String condition = " WHERE " + schema.getIdColumn() + " = ?";
        List<Row> rows = patience.waitFor(() -> read(condition, statement -> statement.setString(1, id)));
        return rows.isEmpty() ? null : rows.get(0);
    }

    private List<Row> read(String condition, Parameters parameters) throws SQLException {
        String query = "SELECT * FROM " + schema.getTableName() + condition;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            parameters.setOn(statement);
            try (ResultSet result = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        }
    }

    private Row row(ResultSet result) throws SQLException {
        String id = result.getString(schema.getIdColumn());
        long created = result.getLong(schema.getCreateTimeColumn());
        long lastUsed = result.getLong(schema.getAccessTimeColumn());
        SessionData data = new SessionData(id, "", "", created, lastUsed, lastUsed, 0);
        try (InputStream map = result.getBinaryStream(schema.getMapColumn());
                ClassLoadingObjectInputStream attributes = new ClassLoadingObjectInputStream(map)) {
            SessionData.deserializeAttributes(data, attributes);
        } catch (IOException | ClassNotFoundException e) {
            throw new SQLException("A row of the session store cannot be read.", e);
        }
        return new Row(
                id,
                (String) data.getAttribute(Sessions.USER),
                (String) data.getAttribute(Sessions.NOTE),
                Instant.ofEpochMilli(created),
                Instant.ofEpochMilli(lastUsed));
    }

    /** Sets the parameters of a statement. */
    private interface Parameters {
        void setOn(PreparedStatement statement) throws SQLException;
    }
}
