package logout.app.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.http.HttpSession;
import org.eclipse.jetty.server.session.DatabaseAdaptor;
import org.eclipse.jetty.server.session.JDBCSessionDataStore.SessionTableSchema;
import org.eclipse.jetty.server.session.NullSessionCache;
import org.eclipse.jetty.server.session.SessionData;
import org.eclipse.jetty.server.session.SessionHandler;

/**
 * The session store: a table of a database, and the only truth about who is logged in.
 *
 * <p>Jetty's {@code JDBCSessionDataStore} does the work, behind a {@code NullSessionCache}. With a
 * cache that keeps sessions in memory, a row that is deleted elsewhere would still let the user in.
 */
public final class SessionStore {

    /**
     * Jetty saves a session that was merely read only if the last save is this many seconds old. At
     * 0 it would save after every request, and after the reply has gone out.
     */
    private static final int SAVE_PERIOD_SECONDS = 60;

    private final Database database;
    private final String table;
    private final HonestSessionDataStore data;
    private final SessionHandler sessions;

    /**
     * Makes this table the store of Jetty's sessions.
     *
     * @param database where the table is, or will be created
     * @param table the table's name
     * @param sessions Jetty's session handler, not yet started
     */
    public SessionStore(Database database, String table, SessionHandler sessions) {
        this.database = database;
        this.table = table;
        this.data = dataStore(database, table);
        this.sessions = sessions;
        NullSessionCache cache = new NullSessionCache(sessions);
        cache.setSessionDataStore(data);
        cache.setSaveOnCreate(true);
        cache.setFlushOnResponseCommit(true);
        sessions.setSessionCache(cache);
    }

    private static HonestSessionDataStore dataStore(Database database, String table) {
        DatabaseAdaptor adaptor = new DatabaseAdaptor();
        adaptor.setDatasource(database.dataSource());
        SessionTableSchema schema = new SessionTableSchema();
        schema.setTableName(table);
        HonestSessionDataStore data = new HonestSessionDataStore(database.dataSource(), schema);
        data.setDatabaseAdaptor(adaptor);
        data.setSessionTableSchema(schema);
        data.setSavePeriodSec(SAVE_PERIOD_SECONDS);
        return data;
    }

    /** From here on, on this thread, the store remembers what failed. */
    public void beginRequest() {
        data.outcome().begin();
    }

    /** The request is over: forget what failed. */
    public void endRequest() {
        data.outcome().end();
    }

    /**
     * Saves what this request changed in its session, before the reply goes out, and says how the
     * store fared from {@link #beginRequest()} until now.
     */
    public Outcome save(HttpSession session) {
        if (session != null && data.outcome().get() == Outcome.DONE) {
            sessions.commit(session);
        }
        return data.outcome().get();
    }

    /**
     * All rows, oldest first, as they are stored: expired ones too, as long as they are there.
     *
     * @throws SQLException where the database cannot be asked
     */
    public List<Row> rows() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (String id : ids()) {
            SessionData row = data.load(id);
            if (row != null) {
                rows.add(row(row));
            }
        }
        return rows;
    }

    private List<String> ids() throws SQLException {
        String query = "SELECT sessionId FROM " + table + " ORDER BY createTime, sessionId";
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            List<String> ids = new ArrayList<>();
            while (result.next()) {
                ids.add(result.getString(1));
            }
            return ids;
        }
    }

    private static Row row(SessionData data) {
        return new Row(
                data.getId(),
                (String) data.getAttribute(Sessions.USER),
                (String) data.getAttribute(Sessions.NOTE),
                Instant.ofEpochMilli(data.getCreated()),
                Instant.ofEpochMilli(data.getAccessed()));
    }

    /** How the session store fared during a request. */
    public enum Outcome {
        /** All that was asked of the store was done. */
        DONE,
        /** The row was gone when the session was to be saved: a logout came first. */
        ROW_GONE,
        /** The store failed. Nothing that depended on it may be reported as done. */
        FAILED
    }
}
