package logout.benchmark;

import logout.launcher.DatabaseOption;
import logout.launcher.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The benchmark's command line. Maven runs it in its own process; the work is done in another one. */
@Command(
        name = "benchmark",
        description =
                "Measures what each logout costs with up to a million rows in the session store, and what the packaged"
                        + " programs need to start; prints tables, and ends. Takes some minutes.")
public final class BenchmarkCommand implements Runnable {

    private static final String NO_PORT_IS_ASKED_FOR = "";

    @Mixin
    private final DatabaseOption database = DatabaseOption.ofProgram();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and end.")
    private boolean help;

    /** Does what the arguments say, and ends the program. */
    public static void main(String[] arguments) {
        Terminal.run(new BenchmarkCommand(), NO_PORT_IS_ASKED_FOR, arguments);
    }

    @Override
    public void run() {
        BenchmarkProgram.start(database.address());
    }
}
