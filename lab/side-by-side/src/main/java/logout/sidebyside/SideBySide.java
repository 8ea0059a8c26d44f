package logout.sidebyside;

import java.util.ArrayList;
import java.util.List;
import logout.app.Stage;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.app.start.DatabaseOption;
import logout.app.start.Terminal;
import logout.stage01.RedirectLogoutApp;
import logout.stage02.SpaLogoutApp;
import logout.stage03.ClearCookieApp;
import logout.stage04.DestroySessionApp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All four stages at once, in one process. */
@Command(name = "side-by-side", mixinStandardHelpOptions = true, description = "Runs all four stages until Ctrl-C.")
public final class SideBySide implements Runnable {

    /** The stages in the order of the story. */
    public static final List<Stage> STAGES =
            List.of(RedirectLogoutApp.STAGE, SpaLogoutApp.STAGE, ClearCookieApp.STAGE, DestroySessionApp.STAGE);

    private static final String PORT_HINT =
            "Choose others with --ports N (stage 1 listens on N+1, and so on), or any free ones with --ports 0.";

    @Option(
            names = {"--ports", "--port"},
            paramLabel = "N",
            description = "Stage 1 listens on N+1, stage 2 on N+2, and so on; 0 for any free ports. Default: "
                    + Stage.BASE_PORT + ".")
    private int basePort = Stage.BASE_PORT;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    /** Starts the stages as the arguments say. Ends the program when they have been stopped, or cannot start. */
    public static void main(String[] arguments) {
        Terminal.run(new SideBySide(), PORT_HINT, arguments);
    }

    @Override
    public void run() {
        List<AutoCloseable> running = new ArrayList<>();
        System.out.printf("Logout, step by step%n%n");
        for (Stage stage : STAGES) {
            Database opened = database.open();
            int port = basePort == 0 ? 0 : basePort + stage.number();
            StageServer server = StageServer.start(stage, port, opened);
            running.add(server);
            running.add(opened);
            System.out.println(Terminal.describe(server));
        }
        System.out.println(Terminal.whatToDo());
        Terminal.awaitStop(running);
    }
}
