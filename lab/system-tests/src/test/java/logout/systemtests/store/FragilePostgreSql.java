package logout.systemtests.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import logout.testing.Eventually;

/** A PostgreSQL that can be frozen, stopped and started again. */
final class FragilePostgreSql implements AutoCloseable {

    /** Who the stages are to the database: somebody who can be refused. */
    private static final String USER = "stage";

    private final Path folder;
    private EmbeddedPostgres server;
    private Connection endsWithTheCrash;

    private FragilePostgreSql(Path folder) {
        this.folder = folder;
    }

    static FragilePostgreSql start() {
        try {
            FragilePostgreSql database = new FragilePostgreSql(Files.createTempDirectory("fragile-postgresql"));
            database.server = in(database.folder).start();
            database.execute("postgres", "CREATE ROLE " + USER + " LOGIN");
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One that keeps through a crash what it has said to have saved, as a server outside of tests does. The library's own
     * setting for quick tests loses the last moments.
     */
    private static EmbeddedPostgres.Builder in(Path folder) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
    }

    int port() {
        return server.getPort();
    }

    /** Makes a new, empty database. */
    void create(String name) {
        execute("postgres", "CREATE DATABASE " + name + " OWNER " + USER);
    }

    /** The JDBC address of a database for a stage, by way of this port. Each statement goes over the connection as text. */
    static String addressForStages(String name, int port) {
        return "jdbc:postgresql://localhost:" + port + "/" + name + "?prepareThreshold=0&user=" + USER;
    }

    /** A connection of somebody who may do everything. */
    Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl("postgres", name));
    }

    void execute(String name, String sql) {
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Ends every connection of the stages. */
    void endConnections() {
        execute("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + USER + "'");
    }

    /** Stops all its processes where they are: it takes what is sent, and answers nothing. */
    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    /**
     * Kills one process of a stage's connection: the server takes that for a crash, ends all the others, and recovers.
     * It does so behind the caller's back; {@link #awaitRecovery} tells when.
     */
    void crash() {
        try {
            endsWithTheCrash = connect("postgres");
            run(List.of("kill", "-KILL", processOfAStage(endsWithTheCrash)));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String processOfAStage(Connection connection) throws SQLException {
        String query = "SELECT pid FROM pg_stat_activity WHERE usename = '" + USER + "' LIMIT 1";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).as("a stage has a connection").isTrue();
            return result.getString(1);
        }
    }

    /** Waits until the crash has reached every connection, and the server takes new ones. */
    void awaitRecovery() {
        Eventually.until("the server has noticed the crash", () -> !isAlive(endsWithTheCrash));
        Eventually.until("the server has recovered", this::takesConnections);
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private boolean takesConnections() {
        try (Connection connection = connect("postgres")) {
            return isAlive(connection);
        } catch (SQLException e) {
            return false;
        }
    }

    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startAgain() {
        try {
            server = in(folder).setPort(server.getPort()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void signal(String signal) {
        List<String> pids =
                processes().map(process -> String.valueOf(process.pid())).toList();
        run(Stream.concat(Stream.of("kill", signal), pids.stream()).toList());
    }

    private Stream<ProcessHandle> processes() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).get(0));
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) {
        try {
            int outcome = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (outcome != 0) {
                throw new AssertionError(command + " ended with " + outcome);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
