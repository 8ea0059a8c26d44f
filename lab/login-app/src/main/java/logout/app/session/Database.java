package logout.app.session;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The database behind a session store: H2 or PostgreSQL, by its JDBC address. */
public final class Database implements AutoCloseable {

    private static final int POOL_SIZE = 8;

    private static final AtomicInteger IN_MEMORY = new AtomicInteger();

    private final Patience patience = new Patience();
    private final ConnectionPool pool;

    private Database(HikariConfig configuration) {
        this.pool = new ConnectionPool(configuration, patience);
    }

    /** A new, empty H2 database in memory. It ends with this object. */
    public static Database inMemory() {
        return at("jdbc:h2:mem:session-store-" + IN_MEMORY.incrementAndGet());
    }

    /**
     * Opens the database at a JDBC address and proves that it answers.
     *
     * @param address for example {@code jdbc:postgresql://localhost/logout?user=…&password=…}
     * @throws UnreachableException where it does not answer, or is neither H2 nor PostgreSQL
     */
    public static Database at(String address) {
        if (!address.startsWith("jdbc:h2:") && !address.startsWith("jdbc:postgresql:")) {
            throw new UnreachableException("The database address must begin with jdbc:postgresql: or jdbc:h2:", null);
        }
        try {
            return new Database(configuration(address));
        } catch (PoolInitializationException e) {
            throw new UnreachableException(
                    "The database at " + withoutParameters(address) + " cannot be used: "
                            + rootMessage(e).replace(address, withoutParameters(address))
                            + " Is it running, and are the name and password right?",
                    e);
        } catch (RuntimeException e) {
            // HikariCP's way to say that the driver does not take the address.
            throw new UnreachableException(
                    "The database address " + withoutParameters(address) + " cannot be understood."
                            + " It looks like jdbc:postgresql://host:port/name?user=…&password=…",
                    e);
        }
    }

    DataSource dataSource() {
        return pool;
    }

    /** How long requests wait for it. */
    Patience patience() {
        return patience;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static HikariConfig configuration(String address) {
        HikariConfig configuration = new HikariConfig();
        configuration.setMaximumPoolSize(POOL_SIZE);
        configuration.setConnectionTimeout(Patience.CONNECTION_MS);
        configuration.setValidationTimeout(Patience.VALIDATION_MS);
        configuration.setPoolName("session-store");
        if (address.startsWith("jdbc:h2:")) {
            configuration.setDataSource(h2(address));
        } else {
            useDriver(configuration, address);
        }
        return configuration;
    }

    /** Not by its driver: to find one, Java would load PostgreSQL's as well. */
    private static DataSource h2(String address) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(address);
        return h2;
    }

    private static void useDriver(HikariConfig configuration, String address) {
        PostgreSqlLog.OF_DRIVER.setLevel(Level.OFF);
        configuration.setJdbcUrl(address);
        configuration.addDataSourceProperty("connectTimeout", String.valueOf(Patience.CONNECT_SECONDS));
        configuration.addDataSourceProperty("socketTimeout", String.valueOf(Patience.ANSWER_SECONDS));
        configuration.addDataSourceProperty("options", "-c statement_timeout=" + Patience.STATEMENT_MS);
        configuration.addDataSourceProperty("ApplicationName", "logout-step-by-step");
    }

    /** The address as it may be shown: the parameters can hold a password, and so can what precedes an @. */
    private static String withoutParameters(String address) {
        return address.split("[?;]", 2)[0].replaceFirst("//.*@", "//…@");
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** Where PostgreSQL's driver logs an address that it does not understand, password and all. */
    private static final class PostgreSqlLog {
        private static final Logger OF_DRIVER = Logger.getLogger("org.postgresql");
    }

    /** The database cannot be used; the message is one line for the person who started the app. */
    public static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
