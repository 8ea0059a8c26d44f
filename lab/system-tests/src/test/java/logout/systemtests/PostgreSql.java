package logout.systemtests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real PostgreSQL: one for all tests, which starts when it is first asked for and ends with the JVM, or one of a test's own. */
public final class PostgreSql implements AutoCloseable {

    private final EmbeddedPostgres server;

    private PostgreSql(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts one that a test may break. */
    public static PostgreSql start() {
        try {
            return new PostgreSql(EmbeddedPostgres.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDBC address of a new, empty database, for somebody who may do everything. */
    public static String freshAddress() {
        return Shared.SERVER.newDatabase();
    }

    /** The same on this server. */
    public String newDatabase() {
        String name = "sessions_" + UUID.randomUUID().toString().replace("-", "");
        execute(addressOf("postgres"), "CREATE DATABASE " + name);
        return addressOf(name);
    }

    private String addressOf(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    /** Executes statements one after the other, each in a transaction of its own. */
    public static void execute(String address, String... statements) {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(String.join("; ", statements), e);
        }
    }

    /** Asks for one number. */
    public static long number(String address, String query) {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    /** Stops all its processes where they are meanwhile: it takes what is sent, and answers nothing. */
    public void whileFrozen(Runnable effect) {
        long connection = number(addressOf("postgres"), "SELECT pg_backend_pid()");
        ProcessHandle postmaster =
                ProcessHandle.of(connection).flatMap(ProcessHandle::parent).orElseThrow();
        String processes = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .map(process -> String.valueOf(process.pid()))
                .collect(Collectors.joining(" "));
        kill("-STOP", processes);
        try {
            effect.run();
        } finally {
            kill("-CONT", processes);
        }
    }

    /** Some of the processes may have ended by now. */
    private static void kill(String signal, String processes) {
        try {
            new ProcessBuilder("sh", "-c", "kill " + signal + " " + processes + " 2>&-")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the server for all tests, so that it starts only where it is needed. */
    private static final class Shared {
        static final PostgreSql SERVER = start();
    }
}
