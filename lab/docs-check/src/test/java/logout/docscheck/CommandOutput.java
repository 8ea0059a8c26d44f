package logout.docscheck;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.app.Stage;
import logout.sidebyside.SideBySide;
import logout.testing.CapturedOutput;
import logout.testing.Eventually;
import logout.testing.QuickAccounts;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the commands of the pages print. Each distinct one is run once. */
final class CommandOutput {

    /** All stages, by Maven or by the jar. */
    private static final Pattern SIDE_BY_SIDE = Pattern.compile("mvn -q compile exec:java(?: -Dexec\\.args=(.*))?"
            + "|java -jar lab/side-by-side/target/side-by-side\\.jar(?: (.*))?");

    private static final String BENCHMARK = "mvn -q compile exec:java -Dbenchmark";

    private static final Pattern TESTS =
            Pattern.compile("mvn verify|mvn test|cd (\\S+) && mvn test|mvn -pl (\\S+) test(?: -D.*)?");
    private static final Pattern DIFF = Pattern.compile("git diff --no-index(?: \\S+)+");

    /** Git's names for the two contents: nobody reads them. */
    private static final String HASHES = "(?m)^index [0-9a-f]+\\.\\.[0-9a-f]+.*\\n";

    /** Other people's settings must not change what is printed. */
    private static final Map<String, String> PLAIN_GIT = Map.of(
            "GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_PAGER", "cat", "LC_ALL", "C.UTF-8");

    private static final Map<String, List<String>> DONE = new HashMap<>();

    private CommandOutput() {}

    /**
     * What the command prints now.
     *
     * @param shown what the page shows of it: a tree of tests may leave some out, and timings are not measured again
     */
    static List<String> lines(String command, List<String> shown) {
        Matcher tests = TESTS.matcher(command);
        if (tests.matches()) {
            String folder = tests.group(1) == null ? tests.group(2) : tests.group(1);
            return TestTree.lines(shown, folder == null ? "." : folder);
        }
        if (command.equals(BENCHMARK)) {
            BenchmarkHeadings.assertThoseOf(shown);
            return shown;
        }
        return DONE.computeIfAbsent(command, CommandOutput::run);
    }

    private static void assertUnderstood(String... arguments) {
        try {
            new CommandLine(new SideBySide(QuickAccounts.ALL)).parseArgs(arguments);
        } catch (ParameterException e) {
            throw new AssertionError("the program does not understand its arguments: " + e.getMessage(), e);
        }
    }

    private static List<String> run(String command) {
        Matcher sideBySide = SIDE_BY_SIDE.matcher(command);
        if (sideBySide.matches()) {
            return sideBySide(arguments(sideBySide)).lines().toList();
        }
        Matcher diff = DIFF.matcher(command);
        if (diff.matches()) {
            Tools.require("git");
            return Tools.run(Project.ROOT, PLAIN_GIT, command.split(" "))
                    .replaceAll(HASHES, "")
                    .lines()
                    .toList();
        }
        throw new AssertionError("no check can run `" + command + "`; it would have to be taught in CommandOutput");
    }

    private static String[] arguments(Matcher sideBySide) {
        String given = sideBySide.group(1) == null ? sideBySide.group(2) : sideBySide.group(1);
        return given == null ? new String[0] : given.replace("\"", "").split(" ");
    }

    private static String sideBySide(String... arguments) {
        if (arguments.length == 0) {
            return startMessage();
        }
        assertUnderstood(arguments);
        try (CapturedOutput printed = CapturedOutput.begin()) {
            int status = new CommandLine(new SideBySide(QuickAccounts.ALL)).execute(arguments);
            if (status != 0) {
                throw new AssertionError("with " + List.of(arguments) + " the program ends with status " + status);
            }
            return printed.text();
        }
    }

    /** On free ports, so that nobody has to stop anything; then with the default ports in their places. */
    private static String startMessage() {
        Thread program = new Thread(
                () -> new CommandLine(new SideBySide(QuickAccounts.ALL)).execute("--port=0"), "side by side");
        program.setDaemon(true);
        try (CapturedOutput printed = CapturedOutput.begin()) {
            program.start();
            Eventually.until("all stages run", () -> printed.text().contains("Ctrl-C stops."));
            program.interrupt();
            return withDefaultPorts(printed.text());
        }
    }

    private static String withDefaultPorts(String text) {
        String ofTheStages = Pattern.compile("(Stage (\\d) .*localhost:)\\d+")
                .matcher(text)
                .replaceAll(line -> line.group(1) + (Stage.BASE_PORT + Integer.parseInt(line.group(2))));
        return ofTheStages.replaceAll("(Compare .*localhost:)\\d+", "$1" + Stage.BASE_PORT);
    }
}
