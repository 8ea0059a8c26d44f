package logout.sidebyside;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.launcher.DatabaseOption;
import logout.launcher.StageWithPanel;

/** Stages that run side by side in this process, each with a session store of its own. */
public final class RunningStages implements AutoCloseable {

    private final Map<Integer, StageWithPanel> stages = new LinkedHashMap<>();
    private final List<Database> databases = new ArrayList<>();

    private final Optional<String> databaseAddress;

    private RunningStages(Optional<String> databaseAddress) {
        this.databaseAddress = databaseAddress;
    }

    /**
     * Starts stages one after the other.
     *
     * @param basePort stage 1 listens on the next one, and so on; 0 for any free ports
     * @param accounts who may log in
     * @param started is told of each stage when it answers
     */
    public static RunningStages start(
            List<Stage> stages,
            int basePort,
            DatabaseOption database,
            Accounts accounts,
            Consumer<StageServer> started) {
        RunningStages running = new RunningStages(database.address());
        try {
            for (Stage stage : stages) {
                Database opened = database.open();
                running.databases.add(opened);
                int port = basePort == 0 ? 0 : basePort + stage.number();
                StageWithPanel one = StageWithPanel.start(stage, port, opened, accounts);
                running.stages.put(stage.number(), one);
                started.accept(one.server());
            }
            return running;
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
    }

    /** The JDBC address of the database that was asked for; none means an H2 in memory for each stage. */
    Optional<String> databaseAddress() {
        return databaseAddress;
    }

    /** The server of a stage that was started. */
    public StageServer server(Stage stage) {
        return running(stage).server();
    }

    /** The same, with its lab panel. */
    StageWithPanel running(Stage stage) {
        return stages.get(stage.number());
    }

    /** All of them, by their numbers. */
    List<StageWithPanel> all() {
        return List.copyOf(stages.values());
    }

    /** From now on, their pages link to each other and to the page that compares them. */
    void link(URI comparison) {
        Map<String, String> addresses = new HashMap<>(Map.of("0", comparison.toString()));
        stages.forEach((number, stage) ->
                addresses.put(number.toString(), stage.server().address().toString()));
        stages.values().forEach(stage -> stage.server().linkTo(addresses));
    }

    @Override
    public void close() {
        stages.values().parallelStream().forEach(StageWithPanel::close);
        databases.forEach(Database::close);
    }
}
