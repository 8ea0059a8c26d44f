package logout.app.session;

import java.util.function.Consumer;
import java.util.function.Function;
import javax.servlet.http.HttpSession;
import javax.sql.DataSource;
import org.eclipse.jetty.server.session.JDBCSessionDataStore.SessionTableSchema;
import org.eclipse.jetty.server.session.NullSessionCache;
import org.eclipse.jetty.server.session.Session;
import org.eclipse.jetty.server.session.SessionCache;
import org.eclipse.jetty.server.session.SessionHandler;

/**
 * The session store: a table of a database, and the only truth about who is logged in.
 *
 * <p>Jetty's {@code JDBCSessionDataStore} does the work, behind a {@code NullSessionCache}. With a
 * cache that keeps sessions in memory, a row that is deleted elsewhere would still let the user in.
 */
public final class SessionStore {

    /** Keeps nothing in memory: each request reads the row. */
    public static final Function<SessionHandler, SessionCache> NO_CACHE = DirectStoreCache::new;

    /**
     * Jetty saves a session that was merely read only if the last save is this many seconds old. At
     * 0 it would save after every request, and after the reply has gone out.
     */
    private static final int SAVE_PERIOD_SECONDS = 60;

    private final ReportingSessionDataStore data;
    private final SessionHandler sessions;

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
        this.data = new ReportingSessionDataStore(database, new TableOfThisSchema(table));
        this.sessions = sessions;
        data.setSavePeriodSec(SAVE_PERIOD_SECONDS);
        SessionCache cache = caching.apply(sessions);
        cache.setSessionDataStore(data);
        cache.setSaveOnCreate(true);
        cache.setFlushOnResponseCommit(true);
        sessions.setSessionCache(cache);
    }

    /** From here on, on this thread, the store remembers what failed, and tells each statement. */
    public void beginRequest(Consumer<RowStatement> statements) {
        data.beginRequest(statements);
    }

    /** The request is over: forget what failed. */
    public void endRequest() {
        data.endRequest();
    }

    /**
     * Saves what this request changed in its session, before the reply goes out, and says how the
     * store fared from {@link #beginRequest} until now.
     */
    public Outcome save(HttpSession session) {
        if (session != null && data.outcome() == Outcome.DONE) {
            sessions.commit(session);
        }
        return data.outcome();
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

    /** The connections to the database that the rows are in. */
    public DataSource database() {
        return data.database();
    }

    /** The table that the rows are in, with the columns that Jetty gives it. */
    public String table() {
        return data.table();
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
