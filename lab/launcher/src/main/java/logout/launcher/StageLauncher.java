package logout.launcher;

import java.util.List;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.app.session.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one stage from the command line until it is told to stop. */
@Command(name = "stage", description = "Runs one stage until Ctrl-C.")
public final class StageLauncher implements Runnable {

    private static final String PORT_HINT = "Choose another with --port N, or any free one with --port 0.";

    private final Stage stage;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Listen on this port, 0 for any free one. Default: 4570 and the stage's number.")
    private Integer port;

    @Mixin
    private final DatabaseOption database = DatabaseOption.ofProgram();

    @Mixin
    private final LiveOption live = new LiveOption();

    private StageLauncher(Stage stage) {
        this.stage = stage;
    }

    /** Starts the stage as the arguments say. Ends the program when the stage has been stopped, or cannot start. */
    public static void main(Stage stage, String... arguments) {
        Terminal.run(new StageLauncher(stage), PORT_HINT, arguments);
    }

    @Override
    public void run() {
        Database opened = database.open();
        StageWithPanel running =
                StageWithPanel.start(stage, port == null ? stage.defaultPort() : port, opened, Accounts.DEMO);
        System.out.println(Terminal.describe(running.server()));
        System.out.println(Terminal.whatToDo());
        live.run(List.of(running), List.of(running, opened));
    }
}
