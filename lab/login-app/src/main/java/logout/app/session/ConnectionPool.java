package logout.app.session;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The connections to a database that may hang.
 *
 * <p>On a connection from here nobody waits for an answer longer than {@link Patience} allows. And requests do not
 * queue up for a database that hangs: once one has waited for a connection in vain, the others fail at once, and
 * every half second a single one tries anew. Without that, requests would fill the server's threads, and those that
 * need no database would wait with them.
 */
final class ConnectionPool extends HikariDataSource {

    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final Patience patience;

    /** When the database may be tried again, as {@link System#nanoTime} tells it; null while it answers. */
    private final AtomicReference<Long> nextTry = new AtomicReference<>();

    ConnectionPool(HikariConfig configuration, Patience patience) {
        super(configuration);
        this.patience = patience;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (!mayTry()) {
            throw new SQLTransientConnectionException("The database did not answer a moment ago.");
        }
        try {
            Connection connection = super.getConnection();
            nextTry.set(null);
            connection.setNetworkTimeout(Runnable::run, patience.leftMs());
            return connection;
        } catch (SQLTransientConnectionException e) {
            nextTry.set(System.nanoTime() + PAUSE_NANOS);
            throw e;
        }
    }

    private boolean mayTry() {
        Long next = nextTry.get();
        return next == null
                || (System.nanoTime() - next >= 0 && nextTry.compareAndSet(next, System.nanoTime() + PAUSE_NANOS));
    }
}
