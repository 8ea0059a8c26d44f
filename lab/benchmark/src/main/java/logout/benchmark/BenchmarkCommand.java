package logout.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import logout.express.ExpressUnavailableException;
import logout.launcher.DatabaseOption;
import logout.launcher.SourceCompiler;
import logout.launcher.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The benchmark's command line. It measures in a process of its own, because Maven's is set up for short work. */
@Command(
        name = "benchmark",
        description = "Measures what a start costs, and a logout: by the rows in the session store, and, on PostgreSQL,"
                + " beside Express. Prints tables, and ends. Takes some minutes.")
public final class BenchmarkCommand implements Runnable {

    /** The class, and the property that tells its own process to measure. */
    private static final String NAME = BenchmarkCommand.class.getName();

    @Mixin
    private final DatabaseOption database = DatabaseOption.ofProgram();

    /** Does what the arguments say, and ends the program. */
    public static void main(String[] arguments) {
        Terminal.run(new BenchmarkCommand(), "", arguments);
    }

    @Override
    public void run() {
        try {
            if (Boolean.getBoolean(NAME)) {
                new Benchmark(List.of(1_000, 100_000, 1_000_000), 7, 400, System.out)
                        .run(database.address(), Path.of(""));
            } else {
                runInItsOwnProcess();
            }
        } catch (IOException | SQLException | ExpressUnavailableException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    private void runInItsOwnProcess() throws IOException {
        String[] command = {Benchmark.JAVA, "-D" + NAME + "=true", "-cp", SourceCompiler.classPath(), NAME};
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        // Not an argument: it may hold a password, and other users of this machine see all arguments.
        builder.environment().put(DatabaseOption.VARIABLE, database.address().orElse(""));
        Process program = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(program::destroy, "stop the benchmark"));
        if (program.onExit().join().exitValue() != 0) {
            throw new IOException("The benchmark ended before it had measured everything.");
        }
    }
}
