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

    private final List<Logout> logouts;
    private final Optional<String> databaseAddress;

    /** By their numbers: to compare records costs a start 90 ms of processor time, more than a tenth. */
    private final Map<Integer, StageWithPanel> stages = new LinkedHashMap<>();

    private final List<Database> databases = new ArrayList<>();

    private RunningStages(List<Logout> logouts, Optional<String> databaseAddress) {
        this.logouts = logouts;
        this.databaseAddress = databaseAddress;
    }

    /**
     * Starts the stages of these logouts, one after the other.
     *
     * @param basePort stage 1 listens on the next one, and so on; 0 for any free ports
     * @param accounts who may log in
     * @param started is told of each stage when it answers
     */
    public static RunningStages start(
            List<Logout> logouts,
            int basePort,
            DatabaseOption database,
            Accounts accounts,
            Consumer<StageServer> started) {
        RunningStages running = new RunningStages(logouts, database.address());
        try {
            for (Logout logout : logouts) {
                Stage stage = logout.stage();
                if (running.stages.containsKey(stage.number())) {
                    continue;
                }
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

    /** The logouts that were asked for. */
    List<Logout> logouts() {
        return logouts;
    }

    /** The server of a logout's stage. */
    public StageServer server(Logout logout) {
        return stages.get(logout.stage().number()).server();
    }

    /** The same, each with what the comparison page tells of it. */
    List<LogoutColumn> columns() {
        return logouts.stream()
                .map(logout -> LogoutColumn.of(stages.get(logout.stage().number()), logout))
                .toList();
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
