package logout.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.experiment.Experiment;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.ResidueTable;
import logout.experiment.Step;
import logout.experiment.Subject;
import logout.panel.DatabaseOption;
import logout.panel.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All four stages at once, in one process: to visit, or to compare in a table. */
@Command(
        name = "side-by-side",
        description = "Runs the stages until Ctrl-C, or tries them all once and prints what they leave behind.")
public final class SideBySide implements Runnable {

    private static final String PORT_HINT =
            "Choose five others in a row with --ports N, or any free ones with --port 0.";

    @Option(
            names = {"--ports", "--port"},
            paramLabel = "N",
            description = "The comparison page listens on N, stage 1 on N+1, and so on; 0 for any free ports. Default: "
                    + Stage.BASE_PORT + ".")
    private int basePort = Stage.BASE_PORT;

    @Option(names = "--stage", paramLabel = "N", description = "Only this stage, 1 to " + Stage.COUNT + ".")
    private Integer only;

    @Option(
            names = "--table",
            arity = "0..1",
            fallbackValue = "text",
            paramLabel = "FORM",
            description = "Run the experiment once, print the residue table as ${COMPLETION-CANDIDATES}, and end."
                    + " Form without a value: text.")
    private ResidueTable.Format table;

    @Mixin
    private final DatabaseOption database = DatabaseOption.ofProgram();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and end.")
    private boolean help;

    private final Accounts accounts;

    /** With the demo accounts. */
    public SideBySide() {
        this(Accounts.DEMO);
    }

    /** With accounts of these names and passwords, whose hashes may be cheaper to check. */
    public SideBySide(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Does what the arguments say. Ends the program when that is done, has been stopped, or cannot start. */
    public static void main(String[] arguments) {
        Terminal.run(new SideBySide(), PORT_HINT, arguments);
    }

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (only != null && logouts().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no stage " + only + ": choose one from 1 to " + Stage.COUNT);
        }
        if (table == null) {
            serve();
        } else {
            compare();
        }
    }

    private void serve() {
        System.out.printf("Logout, step by step%n%n");
        RunningStages running = RunningStages.start(
                stages(), basePort, database, accounts, server -> System.out.println(Terminal.describe(server)));
        ComparisonServer comparison = ComparisonServer.start(basePort, running, logouts());
        System.out.printf("%n  %-37s  %s%n", "Compare them side by side", comparison.address());
        System.out.println(Terminal.whatToDo());
        Terminal.awaitStop(List.of(comparison, running));
    }

    private void compare() {
        try (RunningStages running = RunningStages.start(stages(), 0, database, accounts, server -> {})) {
            Map<Subject, Map<ResidueColumn, Observation>> residues = new LinkedHashMap<>();
            for (Logout logout : logouts()) {
                Subject subject = new StageLogout(running.running(logout.stage()), logout);
                System.err.printf("Stage %s: %s …%n", subject.name(), subject.logout());
                residues.put(subject, experiment(subject));
            }
            System.out.print(new ResidueTable(residues).format(table, Ansi.AUTO));
        }
    }

    private static Map<ResidueColumn, Observation> experiment(Subject subject) {
        Experiment experiment = new Experiment(subject);
        try {
            for (Step step : Step.values()) {
                experiment.perform(step);
            }
            return experiment.residue();
        } catch (IOException e) {
            throw new UncheckedIOException("Stage " + subject.name() + " could not be tried. " + e.getMessage(), e);
        }
    }

    private List<Logout> logouts() {
        return Arrays.stream(Logout.values())
                .filter(logout -> only == null || logout.stage().number() == only)
                .toList();
    }

    private List<Stage> stages() {
        // By number, for the first comparison of two records costs a start 40 ms.
        Map<Integer, Stage> stages = new TreeMap<>();
        for (Logout logout : logouts()) {
            stages.put(logout.stage().number(), logout.stage());
        }
        return List.copyOf(stages.values());
    }
}
