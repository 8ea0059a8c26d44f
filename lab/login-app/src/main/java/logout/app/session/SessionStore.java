package logout.app.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    /** How many expired rows are deleted at a time: some ten milliseconds of work. */
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
            try (Connection connection = database().getConnection();
                    Statement statement = connection.createStatement()) {
                // The newest rows are quick to find among many, for whoever looks at the store.
                statement.execute(
                        "CREATE INDEX IF NOT EXISTS idx_" + table() + "_created ON " + table() + " (createTime)");
            }
        } catch (SQLException e) {
            throw database.unusable(e);
        }
    }

    /** From here on, on this thread, the store remembers what failed, and tells each statement. */
    public void beginRequest(Consumer<RowStatement> statements) {
        watch.set(new Watch(statements));
    }

    public void endRequest() {
        watch.remove();
    }

    /**
     * Saves what this request changed in its session, before the reply goes out.
     *
     * @return how the store fared from {@link #beginRequest} until now: {@code FAILED}, and nothing that depended on it may
     *     be reported as done, or {@code NOT_FOUND}, where the row to be saved was gone, because a logout came first
     */
    public Result save(HttpSession session) {
        if (session != null && watch.get().result == Result.FOUND) {
            sessions.commit(session);
        }
        return watch.get().result;
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
        return watched(Kind.READ, id, null, () -> super.doLoad(id));
    }

    @Override
    public boolean exists(String id) throws Exception {
        return watched(Kind.READ, id, null, () -> super.exists(id));
    }

    @Override
    public boolean delete(String id) throws Exception {
        return watched(Kind.DELETE, id, null, () -> super.delete(id));
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
    protected void doInsert(String id, SessionData data) throws Exception {
        watched(Kind.INSERT, id, data, () -> {
            super.doInsert(id, data);
            return true;
        });
    }

    @Override
    protected void doUpdate(String id, SessionData data) throws Exception {
        SessionData changed = data.isDirty() ? data : null;
        String update = "UPDATE " + table() + " SET accessTime = ?, lastAccessTime = ?, lastSavedTime = ?,"
                + " expiryTime = ?, map = COALESCE(?, map) WHERE sessionId = ?";
        watched(Kind.UPDATE, id, changed, () -> {
            try (Connection connection = database().getConnection();
                    PreparedStatement statement = connection.prepareStatement(update)) {
                statement.setLong(1, data.getAccessed());
                statement.setLong(2, data.getLastAccessed());
                statement.setLong(3, data.getLastSaved());
                statement.setLong(4, data.getExpiry());
                statement.setBytes(5, changed == null ? null : attributes(data));
                statement.setString(6, id);
                return statement.executeUpdate() > 0;
            }
        });
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
     * Deletes the rows that have expired by now, whichever server made them, in portions: so neither the requests nor
     * the memory of this process notice how many there are.
     *
     * @param now in milliseconds since 1970
     */
    private void deleteExpired(long now) throws SQLException {
        // An expiry of 0 or less: never. What is deleted is looked at once more, so a row that has just been used
        // stays. Two statements: with the first within the second, H2 would ask it anew for every row.
        String expired = " FROM " + table() + " WHERE expiryTime > 0 AND expiryTime <= ?";
        String latest = "SELECT MAX(expiryTime) FROM (SELECT expiryTime" + expired + " ORDER BY expiryTime LIMIT "
                + PORTION + ") AS portion";
        try (Connection connection = database().getConnection();
                PreparedStatement portion = connection.prepareStatement(latest);
                PreparedStatement delete = connection.prepareStatement("DELETE" + expired)) {
            portion.setLong(1, now);
            do {
                ResultSet end = portion.executeQuery();
                end.next();
                delete.setLong(1, end.getLong(1));
            } while (delete.executeUpdate() > 0);
        }
    }

    /**
     * Sends a statement about one row, and tells what came of it.
     *
     * @param written what it writes of a session, or null
     * @param work returns what was found: a session, or whether there was a row
     */
    private <T> T watched(Kind kind, String id, SessionData written, Callable<T> work) throws Exception {
        Watch request = watch.get();
        if (request != null && request.result == Result.FAILED) {
            // One request waits for a failing store once, not at every step.
            throw new SQLException("The session store has failed in this request already.");
        }
        T found;
        try {
            found = work.call();
        } catch (Exception e) {
            tell(kind, id, Result.FAILED, null);
            // No message of the database's own: it can name the session's id.
            LOG.error("The session store could not {} a row: {}", kind.name().toLowerCase(Locale.ROOT), reason(e));
            throw e;
        }
        boolean isThere = found != null && !found.equals(false);
        tell(kind, id, isThere ? Result.FOUND : Result.NOT_FOUND, found instanceof SessionData read ? read : written);
        return found;
    }

    private void tell(Kind kind, String id, Result result, SessionData data) {
        if (watch.get() != null) {
            watch.get().see(new RowStatement(kind, id, result, data == null ? null : Content.of(data)));
        }
    }

    private static String reason(Exception e) {
        String name = e.getClass().getSimpleName();
        return e instanceof SQLException sql ? name + ", SQL state " + sql.getSQLState() : name;
    }

    private static final class Watch {
        private final Consumer<RowStatement> statements;
        private Result result = Result.FOUND;

        Watch(Consumer<RowStatement> statements) {
            this.statements = statements;
        }

        private void see(RowStatement statement) {
            boolean saves = statement.kind() == Kind.UPDATE && statement.content() != null;
            if (statement.result() == Result.FAILED || saves) {
                result = statement.result();
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
}
