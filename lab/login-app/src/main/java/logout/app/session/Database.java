package logout.app.session;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import logout.app.StartException;
import org.h2.util.JdbcUtils;

/** The database behind a session store: H2 or PostgreSQL, by its JDBC address. */
public final class Database implements AutoCloseable {

    private static final int POOL_SIZE = 8;

    /** How long a connection is kept that nobody uses, but for the last one: those of a server are for all programs. */
    private static final int IDLE_MS = 30_000;

    // Whatever the database does, a request is answered within five seconds. One that has failed once asks for nothing
    // more, so it waits for a connection once, and for an answer once.

    /** How long a request waits for a connection: longer than a statement may take, so that a busy pool is waited for. */
    private static final int CONNECTION_MS = 2_000;

    /** How long a connection that was idle may take to prove that it is alive. */
    private static final int VALIDATION_MS = 1_000;

    /**
     * How long PostgreSQL works on one statement. It gives up before the request does, so what waits for a lock is
     * certainly not done, rather than done when nobody waits for it any more.
     */
    private static final int STATEMENT_MS = 1_500;

    /** How long the driver waits for a new connection, and for an answer. */
    private static final String DRIVER_SECONDS = "2";

    /** Where PostgreSQL's driver logs an address that it does not understand, password and all. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String IN_MEMORY_ADDRESS = "jdbc:h2:mem:";

    private final String address;
    private final HikariDataSource pool;

    /** A database in memory lives as long as it has a connection, and the pool may have none for a moment. Else null. */
    private final Connection keeper;

    private Database(String address) throws SQLException {
        this.address = address;
        this.pool = new HikariDataSource(configuration(address));
        this.keeper = address.startsWith(IN_MEMORY_ADDRESS) ? DriverManager.getConnection(address) : null;
    }

    /** A new, empty H2 database in memory. It ends with this object. */
    public static Database inMemory() {
        return at(IN_MEMORY_ADDRESS + UUID.randomUUID());
    }

    /**
     * Opens the database at a JDBC address and proves that it answers.
     *
     * @param address for example {@code jdbc:postgresql://localhost/logout?user=…&password=…}
     * @throws StartException where it does not answer, or is neither H2 nor PostgreSQL
     */
    public static Database at(String address) {
        if (!address.startsWith("jdbc:h2:") && !address.startsWith(POSTGRESQL)) {
            throw new StartException("The database address must begin with jdbc:postgresql: or jdbc:h2:", null);
        }
        try {
            return new Database(address);
        } catch (PoolInitializationException | SQLException e) {
            throw unusable(address, e);
        } catch (RuntimeException e) {
            // HikariCP's way to say that the driver does not take the address.
            throw new StartException(
                    "The database address " + withoutParameters(address) + " cannot be understood."
                            + " It looks like jdbc:postgresql://host:port/name?user=…&password=…",
                    e);
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    /** What to tell the person who started the app where the table cannot be made. */
    StartException unusable(SQLException cause) {
        return unusable(address, cause);
    }

    private static StartException unusable(String address, Exception cause) {
        String reason = rootMessage(cause).replace(address, withoutParameters(address));
        String end = reason.endsWith(".") ? "" : ".";
        return new StartException(
                "The database at " + withoutParameters(address) + " cannot be used: " + reason + end
                        + whatToDo(sqlState(cause)),
                cause);
    }

    /** By the states of PostgreSQL (its manual, appendix A) and H2; nothing where the reason speaks for itself. */
    private static String whatToDo(String sqlState) {
        return switch (sqlState) {
            case "08001", "08006" -> " Is it running, and are the host and the port right?";
            case "28000", "28P01" -> " Are the name and the password in the address right?";
            case "3D000" -> " Make it with CREATE DATABASE, or put right the name in the address.";
            case "42501", "90096" ->
                " The role that you log in as must own the database, or a schema in it of its own name.";
            case "53300" ->
                " Each stage takes up to " + POOL_SIZE + " connections. End a program that holds some, or allow more.";
            case "57P03" -> " Try again in a moment.";
            // So says PgBouncer.
            case "08P01" -> " Behind a connection pooler, give the address of PostgreSQL itself.";
            default -> "";
        };
    }

    /** That of the innermost exception which has one, or nothing. */
    private static String sqlState(Throwable e) {
        String state = e instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        String inner = e.getCause() == null ? "" : sqlState(e.getCause());
        return inner.isEmpty() ? state : inner;
    }

    @Override
    public void close() {
        pool.close();
        JdbcUtils.closeSilently(keeper);
    }

    private static HikariConfig configuration(String address) {
        HikariConfig configuration = new HikariConfig();
        configuration.setMaximumPoolSize(POOL_SIZE);
        configuration.setMinimumIdle(1);
        configuration.setIdleTimeout(IDLE_MS);
        configuration.setConnectionTimeout(CONNECTION_MS);
        configuration.setValidationTimeout(VALIDATION_MS);
        configuration.setPoolName("session-store");
        configuration.setJdbcUrl(address);
        if (address.startsWith(POSTGRESQL)) {
            DRIVER_LOG.setLevel(Level.OFF);
            configuration.addDataSourceProperty("connectTimeout", DRIVER_SECONDS);
            configuration.addDataSourceProperty("socketTimeout", DRIVER_SECONDS);
            configuration.addDataSourceProperty("options", "-c statement_timeout=" + STATEMENT_MS);
            configuration.addDataSourceProperty("ApplicationName", "logout-step-by-step");
        }
        return configuration;
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
}
