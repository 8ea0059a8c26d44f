package logout.launcher;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the programs are told on the command line, understood by picocli. */
final class Arguments {

    private Arguments() {}

    /**
     * Runs a command as the arguments say.
     *
     * @param command an object with picocli's annotations
     * @param portHint what to do where a port is taken
     * @return the program's exit code
     */
    static int run(Runnable command, String portHint, String... arguments) {
        return new CommandLine(command)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Arguments::refuse)
                .setExecutionExceptionHandler((e, failed, parsed) -> Terminal.cannotStart(e, portHint))
                .execute(arguments);
    }

    private static int refuse(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println(e.getMessage() + ". See --help.");
        return CommandLine.ExitCode.USAGE;
    }
}
