package logout.docscheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import logout.app.Stage;
import logout.sidebyside.SideBySide;
import logout.testing.Captured;
import logout.testing.QuickAccounts;
import picocli.CommandLine;

/** What the commands of the pages print. Each distinct one is run once. */
final class CommandOutput {

    private static final Pattern SIDE_BY_SIDE = Pattern.compile("mvn -q compile exec:java(?: -Dexec\\.args=(.*))?");
    private static final String BENCHMARK = "mvn -q compile exec:java -Dbenchmark";
    private static final String BENCHMARK_SOURCE = "lab/benchmark/src/main/java/logout/benchmark/Benchmark.java";

    private static final Map<String, List<String>> DONE = new HashMap<>();

    private CommandOutput() {}

    /**
     * What the command prints now.
     *
     * @param shown what the page shows of it: the benchmark is not run, since its figures differ from run to run and take minutes
     */
    static List<String> lines(String command, List<String> shown) {
        if (command.equals(BENCHMARK)) {
            assertHeadingsOfBenchmark(shown);
            return shown;
        }
        return DONE.computeIfAbsent(command, CommandOutput::run);
    }

    private static void assertHeadingsOfBenchmark(List<String> shown) {
        String source = Project.text(BENCHMARK_SOURCE).replaceAll("\\s+", " ");
        assertThat(IntStream.range(1, shown.size()).filter(i -> shown.get(i).startsWith("| ---")))
                .as("tables")
                .isNotEmpty()
                .allSatisfy(i -> assertThat(source).contains(asArguments(shown.get(i - 1))));
    }

    /** As the source has it: {@code | rows | p50, ms |} is written {@code "rows", "p50, ms"}. */
    private static String asArguments(String heading) {
        return heading.replaceAll("^\\| | \\|$", "\"").replace(" | ", "\", \"");
    }

    private static List<String> run(String command) {
        Matcher sideBySide = SIDE_BY_SIDE.matcher(command);
        assertThat(sideBySide.matches()).as("a check can run " + command).isTrue();
        String given = sideBySide.group(1);
        return given == null
                ? startMessage()
                : sideBySide(given.replace("\"", "").split(" "));
    }

    private static List<String> sideBySide(String... arguments) {
        String printed = Captured.output(() -> {
            int status = new CommandLine(new SideBySide(QuickAccounts.ALL)).execute(arguments);
            assertThat(status).as("exit status").isZero();
        });
        return printed.lines().toList();
    }

    /** On free ports, so that nobody has to stop anything; then with the default ports in their places. */
    private static List<String> startMessage() {
        Pattern address = Pattern.compile("(Stage (\\d)|Compare)( .*localhost:)\\d+");
        return sideBySide("--port=0", "--train").stream()
                .map(line -> address.matcher(line).replaceAll(found -> {
                    int number = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
                    return found.group(1) + found.group(3) + (Stage.BASE_PORT + number);
                }))
                .toList();
    }
}
