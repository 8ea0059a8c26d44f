package logout.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import logout.launcher.DatabaseOption;
import logout.launcher.SourceCompiler;
import logout.launcher.Terminal;

/**
 * The whole benchmark, in a process of its own. Maven's process would not do: {@code .mvn/jvm.config} sets it up for short
 * work, and it has work of its own.
 */
public final class BenchmarkProgram implements Runnable {

    private static final String NO_PORT_IS_ASKED_FOR = "";

    private BenchmarkProgram() {}

    /** Measures in this process. The environment may name a database; see {@link DatabaseOption#VARIABLE}. */
    public static void main(String[] arguments) {
        Terminal.run(new BenchmarkProgram(), NO_PORT_IS_ASKED_FOR);
    }

    @Override
    public void run() {
        try {
            new Benchmark(BenchmarkPlan.FULL, DatabaseOption.ofProgram().address(), Path.of(""), System.out).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Starts the program with Java's own defaults, and waits for its end. It prints for itself.
     *
     * @param database the address of a database, which other users of this machine are not to see in a list of processes;
     *     none means an H2 in memory
     * @throws UncheckedIOException where it could not measure; it has said why
     */
    public static void start(Optional<String> database) {
        ProcessBuilder program = new ProcessBuilder(
                        ProgramStart.JAVA, "-cp", SourceCompiler.classPath(), BenchmarkProgram.class.getName())
                .inheritIO();
        program.environment().remove(DatabaseOption.VARIABLE);
        database.ifPresent(address -> program.environment().put(DatabaseOption.VARIABLE, address));
        try {
            awaitEnd(program.start());
        } catch (IOException e) {
            throw new UncheckedIOException("The benchmark cannot be started: " + e.getMessage(), e);
        }
    }

    private static void awaitEnd(Process program) {
        Runtime.getRuntime().addShutdownHook(new Thread(program::destroy, "stop the benchmark"));
        int status = program.onExit().join().exitValue();
        if (status != 0) {
            throw new UncheckedIOException(
                    "The benchmark ended before it had measured everything.", new IOException("exit status " + status));
        }
    }
}
