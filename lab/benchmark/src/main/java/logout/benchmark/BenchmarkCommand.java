package logout.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import logout.launcher.DatabaseOption;
import logout.launcher.SourceCompiler;
import logout.launcher.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The benchmark's command line. It measures in a process of its own, because Maven's is set up for short work. */
@Command(
        name = "benchmark",
        description =
                "Measures what a start costs, how a logout grows with up to a million rows in the session store, and, on"
                        + " PostgreSQL, what it costs beside Express; prints tables, and ends. Takes some minutes.")
public final class BenchmarkCommand implements Runnable {

    private static final String MEASURES = "logout.benchmark.measures";

    @Mixin
    private final DatabaseOption database = DatabaseOption.ofProgram();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and end.")
    private boolean help;

    /** Does what the arguments say, and ends the program. */
    public static void main(String[] arguments) {
        Terminal.run(new BenchmarkCommand(), "", arguments);
    }

    @Override
    public void run() {
        if (Boolean.getBoolean(MEASURES)) {
            new Benchmark(List.of(1_000, 100_000, 1_000_000), 7, 400, System.out).run(database.address(), Path.of(""));
            return;
        }
        String classPath = SourceCompiler.classPath();
        ProcessBuilder builder = new ProcessBuilder(
                ProgramStart.JAVA,
                "-D" + MEASURES + "=true",
                "-cp",
                classPath,
                getClass().getName());
        // Not an argument: it may hold a password, and other users of this machine see all arguments.
        database.address().ifPresent(address -> builder.environment().put(DatabaseOption.VARIABLE, address));
        try {
            Process program = builder.inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(program::destroy, "stop the benchmark"));
            if (program.onExit().join().exitValue() != 0) {
                throw new IOException("The benchmark ended before it had measured everything.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
