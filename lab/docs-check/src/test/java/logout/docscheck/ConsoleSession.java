package logout.docscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.launcher.StageWithPanel;
import logout.sidebyside.Logout;
import logout.testing.QuickAccounts;

/**
 * The terminal of someone who tries out a running stage: commands that bash runs one after the other, in one folder, and what they
 * print.
 */
final class ConsoleSession {

    private static final int LIMIT_SECONDS = 60;

    /** A command behind its prompt; a backslash at the end of a line joins the next one. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ ((?:.*\\\\\\n)*.*)");

    /** Printed before each block and before each command. No page has these characters. */
    private static final String BLOCK = "\u001d";

    private static final String PROMPT = "\u001e";

    /** Values that differ from run to run: a session cookie's, in a header or in a jar of curl's, and a date. */
    private static final Pattern CHANGING =
            Pattern.compile("(stage-0\\d\\.sid[=\\t])[^;\\s\"]+|(?<=^Date: ).*", Pattern.MULTILINE);

    private static final Pattern ADDRESS = Pattern.compile("localhost:\\d+");

    private ConsoleSession() {}

    /**
     * Runs the commands of some blocks against one stage.
     *
     * @param stage {@code stage N}
     * @param blocks each one the lines of a dialogue, commands behind {@code "$ "}
     * @return each block as it should read; where a line of it with an ellipsis is still right, it is kept
     */
    static List<List<String>> run(String stage, List<List<String>> blocks) {
        requireBashAndCurl();
        String printed = perform(stageOf(stage), blocks);
        List<String> parts = List.of(printed.split(BLOCK));
        assertThat(parts).as("what bash printed, by block").hasSize(blocks.size() + 1);
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> refreshed(blocks.get(i), dialogue(parts.get(i + 1))))
                .toList();
    }

    /** Where one of them is missing the test is skipped, and says so past Maven, which does not show why; in CI it fails. */
    private static void requireBashAndCurl() {
        try {
            for (String program : List.of("bash", "curl")) {
                new ProcessBuilder(program, "--version")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            }
        } catch (IOException e) {
            String reason = "The dialogues of the pages cannot be checked: " + e.getMessage();
            assertThat(System.getenv("CI")).as(reason).isNotEqualTo("true");
            new PrintStream(new FileOutputStream(FileDescriptor.err), true).println(reason);
            abort(reason);
        }
    }

    private static Stage stageOf(String name) {
        return Stream.of(Logout.values())
                .map(Logout::stage)
                .filter(stage -> name.equals("stage " + stage.number()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + name));
    }

    private static String perform(Stage stage, List<List<String>> blocks) {
        try (Database database = Database.inMemory();
                StageServer server = StageWithPanel.start(stage, 0, database, QuickAccounts.ALL)
                        .server()) {
            String here = "localhost:" + server.address().getPort();
            String documented = "localhost:" + stage.defaultPort();
            String script = blocks.stream().map(ConsoleSession::script).collect(Collectors.joining());
            // Nobody answers at another address, and with `curl -s` that would look like an empty reply.
            assertThat(ADDRESS.matcher(script).results().map(MatchResult::group))
                    .containsOnly(documented);
            return bash(script.replace(documented, here)).replace(here, documented);
        }
    }

    /** Shows each command, as a terminal does, and runs it. */
    private static String script(List<String> block) {
        return COMMAND.matcher(String.join("\n", block))
                .results()
                .map(command -> "cat <<'SHOWN'\n" + PROMPT + command.group() + "\nSHOWN\n" + command.group(1) + "\n")
                .collect(Collectors.joining("", "printf '" + BLOCK + "'\n", ""));
    }

    private static String bash(String script) {
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "console");
            Path output = folder.resolveSibling(folder.getFileName() + ".txt");
            ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .putAll(Map.of("HOME", folder.toString(), "no_proxy", "localhost", "LC_ALL", "C.UTF-8"));
            Process bash = builder.start();
            bash.getOutputStream().close();
            boolean ended = bash.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
            assertThat(ended).as("bash ends within %d s", LIMIT_SECONDS).isTrue();
            return Files.readString(output);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is seen in the terminal. Not every output ends with the end of a line, but each command begins one. */
    private static List<String> dialogue(String printed) {
        return printed.replaceAll("\\R?" + PROMPT, "\n").strip().lines().toList();
    }

    private static List<String> refreshed(List<String> shown, List<String> now) {
        return IntStream.range(0, now.size())
                .mapToObj(i ->
                        i < shown.size() && isStillRight(shown.get(i), now.get(i)) ? shown.get(i) : masked(now.get(i)))
                .toList();
    }

    private static boolean isStillRight(String shown, String now) {
        String anyRun = Stream.of(shown.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return now.matches(anyRun);
    }

    private static String masked(String line) {
        return CHANGING.matcher(line)
                .replaceAll(value -> value.group(1) == null ? "…" : Matcher.quoteReplacement(value.group(1)) + "…");
    }
}
