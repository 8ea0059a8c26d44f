package logout.launcher;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import logout.app.Stage;
import logout.app.StartException;
import logout.app.account.DemoAccount;
import logout.app.server.LoopbackServer;
import logout.app.server.StageServer;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What the programs say in the terminal, and how they end. */
public final class Terminal {

    private Terminal() {}

    /**
     * Runs a command, then ends the program: with 0 where it is done, 1 where it could not start or could not do its
     * work, 2 where its arguments make no sense.
     *
     * @param command an object with picocli's annotations
     * @param portHint what to do where a port is taken
     */
    public static void run(Runnable command, String portHint, String... arguments) {
        // Without arguments nothing has to be understood, and picocli is not loaded: that is a fifth of a start.
        System.exit(arguments.length == 0 ? run(command, portHint) : understood(command, portHint, arguments));
    }

    private static int run(Runnable command, String portHint) {
        try {
            command.run();
            return CommandLine.ExitCode.OK;
        } catch (RuntimeException e) {
            return cannotStart(e, portHint);
        }
    }

    private static int understood(Runnable command, String portHint, String... arguments) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Show this help, and end.")
                        .build());
        return line.setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Terminal::refuse)
                .setExecutionExceptionHandler((e, failed, parsed) -> cannotStart(e, portHint))
                .execute(arguments);
    }

    private static int refuse(ParameterException e, String[] arguments) {
        System.err.println(e.getMessage() + ". See --help.");
        return CommandLine.ExitCode.USAGE;
    }

    /** Says why a command failed, in one line where the person who started it can do something about it. */
    private static int cannotStart(Exception e, String portHint) {
        if (e instanceof LoopbackServer.PortTakenException) {
            System.err.println(e.getMessage() + " " + portHint);
        } else if (e instanceof StartException || e instanceof UncheckedIOException) {
            System.err.println(e.getMessage());
        } else {
            e.printStackTrace();
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** One line for a stage that runs: its place, what it does, its address. */
    public static String describe(StageServer server) {
        Stage stage = server.stage();
        return String.format("  Stage %s  %-28s  %s", stage.number(), stage.title(), server.address());
    }

    /** What to do next, once something runs. */
    public static String whatToDo() {
        String accounts = DemoAccount.ALL.stream()
                .map(account -> account.name() + " (password " + account.password() + ")")
                .collect(Collectors.joining(" or "));
        return String.format(
                "%n  Open an address, log in as %s,%n  keep a note, log out, and see in the lab panel what is left.%n"
                        + "  Ctrl-C stops.",
                accounts);
    }

    /** Waits for Ctrl-C, then closes these in their order. Does not return. */
    public static void awaitStop(List<? extends AutoCloseable> running) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAll(running), "stop"));
        new CompletableFuture<Void>().join();
    }

    static void closeAll(List<? extends AutoCloseable> running) {
        for (AutoCloseable one : running) {
            try {
                one.close();
            } catch (Exception e) {
                System.err.println("Not closed cleanly: " + e.getMessage());
            }
        }
    }
}
