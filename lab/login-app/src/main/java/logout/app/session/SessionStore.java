package logout.app.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.servlet.http.HttpSession;
import javax.sql.DataSource;
import logout.app.session.RowStatement.Content;
import logout.app.session.RowStatement.Kind;
import logout.app.session.RowStatement.Result;
import org.eclipse.jetty.server.session.DatabaseAdaptor;
import org.eclipse.jetty.server.session.JDBCSessionDataStore;
import org.eclipse.jetty.server.session.NullSessionCache;
import org.eclipse.jetty.server.session.Session;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionData;
import org.eclipse.jetty.server.session.SessionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session store: a table of a database, and the only truth about who is logged in.
 *
 * <p>It is Jetty's {@code JDBCSessionDataStore}, behind a {@code NullSessionCache}: with a cache that keeps sessions in
 * memory, a row that is deleted elsewhere would still let the user in. Four of Jetty's habits are changed.
 *
 * <ul>
 *   <li>Jetty logs a store that fails and goes on: a logout whose row could not be deleted would be
 *       reported as done. Here the failure is remembered until the reply is decided.
 *   <li>Jetty saves a session whose row is gone with an UPDATE that finds nothing, and says nothing.
 *       Here that is remembered too.
 *   <li>Jetty writes the whole row where only the time of last use is new. Behind a cache that keeps
 *       nothing, that would bring back what another request has removed meanwhile. Here it writes the
 *       times alone.
 *   <li>Jetty's housekeeping reads the ids of all expired rows, then loads and deletes each row by itself. With many of
 *       them that takes hours and memory. Here they are deleted in portions, and nothing is left for Jetty to do.
 * </ul>
 */
public final class SessionStore extends JDBCSessionDataStore {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);

    /** Keeps nothing in memory: each request reads the row. */
    public static final Function<SessionHandler, SessionCache> NO_CACHE = DirectStoreCache::new;

    /**
     * Jetty saves a session that was merely read only if the last save is this many seconds old. At
     * 0 it would save after every request, and after the reply has gone out.
     */
    private static final int SAVE_PERIOD_SECONDS = 60;

    /** How many expired rows are deleted at a time: few milliseconds of work. */
    private static final int PORTION = 1_000;

    private final Database database;
    private final SessionTableSchema schema;
    private final SessionHandler sessions;

    /** The request of this thread; null outside a request, in Jetty's housekeeping. */
    private final ThreadLocal<Watch> watch = new ThreadLocal<>();

    /**
     * Makes this table the store of Jetty's sessions.
     *
     * @param database where the table is, or will be created
     * @param table the table's name
     * @param sessions Jetty's session handler, not yet started
     * @param caching what Jetty keeps in memory; {@link #NO_CACHE} but where another one is to be seen at work
     */
    public SessionStore(
            Database database,
            String table,
            SessionHandler sessions,
            Function<SessionHandler, ? extends SessionCache> caching) {
        this.database = database;
        this.schema = new TableOfThisSchema(table);
        this.sessions = sessions;
        DatabaseAdaptor adaptor = new DatabaseAdaptor();
        adaptor.setDatasource(database.dataSource());
        setDatabaseAdaptor(adaptor);
        setSessionTableSchema(schema);
        setSavePeriodSec(SAVE_PERIOD_SECONDS);
        SessionCache cache = caching.apply(sessions);
        cache.setSessionDataStore(this);
        cache.setSaveOnCreate(true);
        cache.setFlushOnResponseCommit(true);
        sessions.setSessionCache(cache);
    }

    @Override
    public void initialize() throws Exception {
        try {
            super.initialize();
            indexNewest();
        } catch (SQLException e) {
            throw database.unusable(e);
        }
    }

    /** Makes the newest rows quick to find among many, for whoever looks at the store. */
    private void indexNewest() throws SQLException {
        String index = "CREATE INDEX IF NOT EXISTS idx_" + table() + "_created ON " + table() + " ("
                + schema.getCreateTimeColumn() + ")";
        try (Connection connection = database().getConnection();
                PreparedStatement statement = connection.prepareStatement(index)) {
            statement.executeUpdate();
        }
    }

    /** From here on, on this thread, the store remembers what failed, and tells each statement. */
    public void beginRequest(Consumer<RowStatement> statements) {
        watch.set(new Watch(statements));
    }

    /** The request is over: forget what failed. */
    public void endRequest() {
        watch.remove();
    }

    /**
     * Saves what this request changed in its session, before the reply goes out, and says how the
     * store fared from {@link #beginRequest} until now.
     */
    public Outcome save(HttpSession session) {
        if (session != null && watch.get().outcome == Outcome.DONE) {
            sessions.commit(session);
        }
        return watch.get().outcome;
    }

    /**
     * Destroys a session, whichever browser it belongs to, as that browser's own logout would. Where there is no such
     * session, there is nothing to do.
     *
     * @param id the row's key
     */
    public void destroy(String id) {
        HttpSession session = sessions.getSession(id);
        if (session != null) {
            session.invalidate();
        }
    }

    public DataSource database() {
        return database.dataSource();
    }

    /** The table that the rows are in, with the columns that Jetty gives it. */
    public String table() {
        return schema.getTableName();
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
        try (Connection connection = database().getConnection();
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
            deleteExpired(System.currentTimeMillis());
        } catch (SQLException e) {
            // Those that are left let nobody in, and the next sweep finds them.
            LOG.error("The session store could not delete the expired rows: {}", reason(e));
        }
        return new HashSet<>();
    }

    /**
     * Deletes the rows that have expired by now, whichever server made them: each portion with a connection of its own,
     * so that neither the requests nor the memory of this process notice how many there are.
     *
     * @param now in milliseconds since 1970
     */
    private void deleteExpired(long now) throws SQLException {
        String expiry = schema.getExpiryTimeColumn();
        // Not above 0: never expires.
        String range = table() + " WHERE " + expiry + " > ? AND " + expiry + " <= ?";
        String lastOfPortion =
                "SELECT " + expiry + " FROM " + range + " ORDER BY " + expiry + " LIMIT 1 OFFSET " + (PORTION - 1);
        long from = 0;
        while (from < now) {
            try (Connection connection = database().getConnection();
                    PreparedStatement find = range(connection, lastOfPortion, from, now);
                    ResultSet last = find.executeQuery()) {
                long to = last.next() ? last.getLong(1) : now;
                // It looks at the expiry once more: a row whose session has just been used again stays.
                try (PreparedStatement delete = range(connection, "DELETE FROM " + range, from, to)) {
                    delete.executeUpdate();
                }
                // Not each time from the beginning: PostgreSQL would pass by all that was deleted before.
                from = to;
            }
        }
    }

    private static PreparedStatement range(Connection connection, String sql, long from, long to) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setLong(1, from);
        statement.setLong(2, to);
        return statement;
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

    /** Jetty's, but that it deletes a row without reading it once more. */
    private static final class DirectStoreCache extends NullSessionCache {
        DirectStoreCache(SessionHandler sessions) {
            super(sessions);
        }

        /** Returns no session: the one that is invalidated is the request's own. */
        @Override
        public Session delete(String id) throws Exception {
            getSessionDataStore().delete(id);
            return null;
        }
    }

    /** The table in the schema that the connection is in, where Jetty would look for one in all the schemas. */
    private static final class TableOfThisSchema extends SessionTableSchema {
        TableOfThisSchema(String name) {
            setTableName(name);
            _schemaName = INFERRED;
        }

        /** Jetty tells what it has inferred. It would put that into its statements as it is; some names need quotes there. */
        @Override
        public void setSchemaName(String inferred) {
            super.setSchemaName(null);
        }
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
