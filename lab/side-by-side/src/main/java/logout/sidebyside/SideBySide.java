package logout.sidebyside;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import logout.app.Stage;
import logout.app.account.Accounts;
import logout.experiment.ContractLogout;
import logout.experiment.Experiment;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.express.ExpressStack;
import logout.express.ExpressUnavailableException;
import logout.launcher.DatabaseOption;
import logout.launcher.LiveOption;
import logout.launcher.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All four stages at once, in one process: to visit, or to compare in a table. */
@Command(
        name = "side-by-side",
        description = "Runs the stages until Ctrl-C, or tries them all once and prints what they leave behind.")
public final class SideBySide implements Runnable, IExitCodeGenerator {

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

    @Option(
            names = "--express",
            description = "With --table: the same on the two texts' own code, on Express (Node.js 20 or newer).")
    private boolean express;

    @Mixin
    private final LiveOption live = new LiveOption();

    @Mixin
    private final DatabaseOption database = DatabaseOption.ofProgram();

    private static final int EXPRESS_UNAVAILABLE = 2;

    private final Accounts accounts;

    private int exitCode;

    /** With these accounts, whose hashes may be cheaper to check than those of the demo accounts. */
    public SideBySide(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Does what the arguments say. Ends the program when that is done, has been stopped, or cannot start. */
    public static void main(String[] arguments) {
        Terminal.run(new SideBySide(Accounts.DEMO), PORT_HINT, arguments);
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
                logouts(), basePort, database, accounts, server -> System.out.println(Terminal.describe(server)));
        ComparisonServer comparison = ComparisonServer.start(basePort, running);
        System.out.printf("%n  %-37s  %s%n", "Compare them side by side", comparison.address());
        System.out.println(Terminal.whatToDo());
        live.run(running.all(), List.of(comparison, running));
    }

    private void compare() {
        Map<ContractLogout, Map<ResidueColumn, Observation>> onSpark = onSpark();
        Map<ContractLogout, Map<ResidueColumn, Observation>> onExpress = express ? onExpress() : Map.of();
        if (table == ResidueTable.Format.json) {
            onSpark.putAll(onExpress);
            print(onSpark);
            return;
        }
        print(onSpark);
        if (express) {
            System.out.println();
        }
        print(onExpress);
    }

    private Map<ContractLogout, Map<ResidueColumn, Observation>> onSpark() {
        try (RunningStages running = RunningStages.start(logouts(), 0, database, accounts, server -> {})) {
            return tried(running.columns().stream().map(LogoutColumn::subject).toList());
        }
    }

    private Map<ContractLogout, Map<ResidueColumn, Observation>> onExpress() {
        try (ExpressStack stack =
                ExpressStack.start(ExpressStack.Options.of(database.address()), System.err::println)) {
            return tried(stack.logouts());
        } catch (ExpressUnavailableException e) {
            System.err.println(e.getMessage());
            exitCode = EXPRESS_UNAVAILABLE;
            return Map.of();
        }
    }

    /** What the experiment observes of each of these; they are tried at the same time. */
    private static Map<ContractLogout, Map<ResidueColumn, Observation>> tried(List<? extends ContractLogout> subjects) {
        Map<ContractLogout, Map<ResidueColumn, Observation>> residues = new LinkedHashMap<>();
        subjects.forEach(subject -> residues.put(subject, Map.of()));
        subjects.parallelStream().forEach(subject -> {
            System.err.printf("Trying %s %s …%n", subject.name(), subject.logout());
            Experiment experiment = new Experiment(subject);
            List.of(Step.values()).forEach(experiment::perform);
            synchronized (residues) {
                residues.put(subject, experiment.residue());
            }
        });
        return residues;
    }

    private void print(Map<ContractLogout, Map<ResidueColumn, Observation>> residues) {
        if (!residues.isEmpty()) {
            System.out.print(new ResidueTable(residues).format(table, Ansi.AUTO));
        }
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    private List<Logout> logouts() {
        return Arrays.stream(Logout.values())
                .filter(logout -> only == null || logout.stage().number() == only)
                .toList();
    }
}
