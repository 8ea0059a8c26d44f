package logout.app.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.sql.DataSource;
import logout.app.session.RowStatement.Content;
import logout.app.session.RowStatement.Kind;
import logout.app.session.RowStatement.Result;
import logout.app.session.SessionStore.Outcome;
import org.eclipse.jetty.server.session.DatabaseAdaptor;
import org.eclipse.jetty.server.session.JDBCSessionDataStore;
import org.eclipse.jetty.server.session.SessionData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's JDBC store, with four habits changed.
 *
 * <ul>
 *   <li>Jetty logs a store that fails and goes on: a logout whose row could not be deleted would be
 *       reported as done. Here the failure is remembered until the reply is decided.
 *   <li>Jetty saves a session whose row is gone with an UPDATE that finds nothing, and says nothing.
 *       Here that is remembered too.
 *   <li>Jetty writes the whole row where only the time of last use is new. Behind a cache that keeps
 *       nothing, that would bring back what another request has removed meanwhile. Here it writes the
 *       times alone.
 *   <li>Jetty's housekeeping reads the ids of all expired rows, then loads and deletes each row by itself. With many of them
 *       that takes hours and memory. Here {@link ExpiredRows} deletes them, and nothing is left for Jetty to do.
 * </ul>
 */
final class ReportingSessionDataStore extends JDBCSessionDataStore {

    private static final Logger LOG = LoggerFactory.getLogger(ReportingSessionDataStore.class);

    private final Database pool;
    private final DataSource database;
    private final SessionTableSchema schema;
    private final ExpiredRows expiredRows;

    /** The request of this thread; null outside a request, in Jetty's housekeeping. */
    private final ThreadLocal<Watch> watch = new ThreadLocal<>();

    ReportingSessionDataStore(Database database, SessionTableSchema schema) {
        this.pool = database;
        this.database = database.dataSource();
        this.schema = schema;
        this.expiredRows = new ExpiredRows(this.database, schema);
        DatabaseAdaptor adaptor = new DatabaseAdaptor();
        adaptor.setDatasource(this.database);
        setDatabaseAdaptor(adaptor);
        setSessionTableSchema(schema);
    }

    @Override
    public void initialize() throws Exception {
        try {
            super.initialize();
            indexNewest();
        } catch (SQLException e) {
            throw pool.unusable(e);
        }
    }

    /** Makes the newest rows quick to find among many, for whoever looks at the store. */
    private void indexNewest() throws SQLException {
        String index = "CREATE INDEX IF NOT EXISTS idx_" + table() + "_created ON " + table() + " ("
                + schema.getCreateTimeColumn() + ")";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(index)) {
            statement.executeUpdate();
        }
    }

    DataSource database() {
        return database;
    }

    String table() {
        return schema.getTableName();
    }

    /** From here on, on this thread, it is remembered how the store fares; each statement is told. */
    void beginRequest(Consumer<RowStatement> statements) {
        watch.set(new Watch(statements));
    }

    void endRequest() {
        watch.remove();
    }

    /** How the store has fared in this request. */
    Outcome outcome() {
        return watch.get().outcome;
    }

    @Override
    public SessionData doLoad(String id) throws Exception {
        SessionData data = watched(Kind.READ, id, () -> super.doLoad(id));
        tell(Kind.READ, id, data != null, data);
        return data;
    }

    @Override
    public boolean exists(String id) throws Exception {
        return told(Kind.READ, id, watched(Kind.READ, id, () -> super.exists(id)));
    }

    @Override
    public boolean delete(String id) throws Exception {
        return told(Kind.DELETE, id, watched(Kind.DELETE, id, () -> super.delete(id)));
    }

    @Override
    public void store(String id, SessionData data) throws Exception {
        try {
            super.store(id, data);
        } catch (Exception e) {
            // What could not be saved is given up, or Jetty would try again when the reply has gone out. A session
            // that was never saved counts as saved: what is tried again is then an UPDATE, which finds no row.
            data.clean();
            data.setLastSaved(System.currentTimeMillis());
            throw e;
        }
    }

    @Override
    public void doStore(String id, SessionData data, long lastSaveTime) throws Exception {
        watched(lastSaveTime <= 0 ? Kind.INSERT : Kind.UPDATE, id, () -> {
            super.doStore(id, data, lastSaveTime);
            return null;
        });
    }

    @Override
    protected void doInsert(String id, SessionData data) throws Exception {
        super.doInsert(id, data);
        tell(Kind.INSERT, id, true, data);
    }

    @Override
    protected void doUpdate(String id, SessionData data) throws Exception {
        boolean changed = data.isDirty();
        String update = String.format(
                Locale.ROOT,
                "UPDATE %s SET %s = ?, %s = ?, %s = ?, %s = ?%s WHERE %s = ?",
                schema.getTableName(),
                schema.getAccessTimeColumn(),
                schema.getLastAccessTimeColumn(),
                schema.getLastSavedTimeColumn(),
                schema.getExpiryTimeColumn(),
                changed ? ", " + schema.getMapColumn() + " = ?" : "",
                schema.getIdColumn());
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, data.getAccessed());
            statement.setLong(2, data.getLastAccessed());
            statement.setLong(3, data.getLastSaved());
            statement.setLong(4, data.getExpiry());
            if (changed) {
                statement.setBytes(5, attributes(data));
            }
            statement.setString(changed ? 6 : 5, id);
            tell(Kind.UPDATE, id, statement.executeUpdate() > 0, changed ? data : null);
        }
    }

    private static byte[] attributes(SessionData data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            SessionData.serializeAttributes(data, out);
        }
        return bytes.toByteArray();
    }

    @Override
    public Set<String> doGetExpired(Set<String> candidates) {
        try {
            expiredRows.delete(System.currentTimeMillis());
        } catch (SQLException e) {
            // Those that are left let nobody in, and the next sweep finds them.
            LOG.error("The session store could not delete the expired rows: {}", reason(e));
        }
        return new HashSet<>();
    }

    private <T> T watched(Kind kind, String id, Callable<T> work) throws Exception {
        Watch request = watch.get();
        if (request != null && request.outcome == Outcome.FAILED) {
            // One request waits for a failing store once, not at every step.
            throw new SQLException("The session store has failed in this request already.");
        }
        try {
            return work.call();
        } catch (Exception e) {
            tell(new RowStatement(kind, id, Result.FAILED, null));
            // No message of the database's own: it can name the session's id.
            LOG.error("The session store could not {} a row: {}", kind.name().toLowerCase(Locale.ROOT), reason(e));
            throw e;
        }
    }

    private boolean told(Kind kind, String id, boolean found) {
        tell(kind, id, found, null);
        return found;
    }

    private void tell(Kind kind, String id, boolean found, SessionData data) {
        Content content = data == null ? null : Content.of(data);
        tell(new RowStatement(kind, id, found ? Result.FOUND : Result.NOT_FOUND, content));
    }

    private void tell(RowStatement statement) {
        if (watch.get() != null) {
            watch.get().see(statement);
        }
    }

    private static String reason(Exception e) {
        String name = e.getClass().getSimpleName();
        return e instanceof SQLException sql ? name + ", SQL state " + sql.getSQLState() : name;
    }

    /** A request, as far as the store is concerned. */
    private static final class Watch {
        private final Consumer<RowStatement> statements;
        private Outcome outcome = Outcome.DONE;

        Watch(Consumer<RowStatement> statements) {
            this.statements = statements;
        }

        private void see(RowStatement statement) {
            if (statement.result() == Result.FAILED) {
                outcome = Outcome.FAILED;
            } else if (statement.isLateSave()) {
                outcome = Outcome.ROW_GONE;
            }
            statements.accept(statement);
        }
    }
}
