package logout.docscheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.app.server.StageServer;
import logout.app.session.Database;
import logout.launcher.StageWithPanel;
import logout.testing.QuickAccounts;

/**
 * The terminal of someone who tries out a running stage: commands that bash runs one after the other, in one folder, and what they
 * print.
 */
final class ConsoleSession {

    /** CapturedOutput before each command and after the last, to tell apart what each of them prints. No page has this character. */
    private static final String SEPARATOR = "\u001e";

    private static final String PRINT_SEPARATOR = "printf '\\036'\n";

    /** Values that differ from run to run: a session cookie's, in a header or in a jar of curl's, and a date. */
    private static final Pattern CHANGING =
            Pattern.compile("(stage-0\\d\\.sid[=\\t])[^;\\s\"]+|(?<=^Date: ).*", Pattern.MULTILINE);

    private static final Pattern ADDRESS = Pattern.compile("localhost:\\d+");

    private ConsoleSession() {}

    /**
     * Runs the commands of some blocks against one stage.
     *
     * @param blocks each one the lines of a dialogue, commands behind {@code "$ "}
     * @return each block as it should read; where a line of it with an ellipsis is still right, it is kept
     */
    static List<List<String>> run(int stageNumber, List<List<String>> blocks) {
        Tools.require("bash", "curl");
        List<List<Exchange>> dialogues =
                blocks.stream().map(ConsoleSession::exchanges).toList();
        List<Exchange> exchanges = dialogues.stream().flatMap(List::stream).toList();
        List<String> printed = perform(Stages.of(stageNumber), exchanges);
        List<List<String>> fresh = new ArrayList<>();
        int next = 0;
        for (List<Exchange> dialogue : dialogues) {
            List<String> lines = new ArrayList<>();
            for (Exchange exchange : dialogue) {
                lines.addAll(exchange.refreshed(printed.get(next++)));
            }
            fresh.add(lines);
        }
        return fresh;
    }

    private static List<Exchange> exchanges(List<String> lines) {
        List<Exchange> exchanges = new ArrayList<>();
        boolean goesOn = false;
        for (String line : lines) {
            if (line.startsWith("$ ")) {
                exchanges.add(new Exchange(new ArrayList<>(List.of(line)), new ArrayList<>()));
            } else if (exchanges.isEmpty()) {
                throw new AssertionError("a console block must begin with a command, behind `$ `");
            } else {
                Exchange last = exchanges.get(exchanges.size() - 1);
                (goesOn ? last.command : last.shown).add(line);
            }
            goesOn = (goesOn || line.startsWith("$ ")) && line.endsWith("\\");
        }
        return exchanges;
    }

    private static List<String> perform(Stage stage, List<Exchange> exchanges) {
        try (Database database = Database.inMemory();
                StageServer server = StageWithPanel.start(stage, 0, database, QuickAccounts.ALL)
                        .server()) {
            String here = "localhost:" + server.address().getPort();
            String documented = "localhost:" + stage.defaultPort();
            String script = exchanges.stream()
                    .map(exchange -> exchange.toType() + "\n")
                    .collect(Collectors.joining(PRINT_SEPARATOR, PRINT_SEPARATOR, PRINT_SEPARATOR))
                    .replace(documented, here);
            assertStaysAt(here, script);
            String printed = bash(script).replace(here, documented);
            List<String> parts = List.of(printed.split(SEPARATOR, -1));
            if (parts.size() != exchanges.size() + 2) {
                throw new AssertionError("bash did not get through the commands:\n" + printed);
            }
            return parts.subList(1, parts.size() - 1);
        }
    }

    /** Nobody answers at another address, and with {@code curl -s} that would look like an empty reply. */
    private static void assertStaysAt(String here, String script) {
        ADDRESS.matcher(script).results().map(MatchResult::group).forEach(address -> {
            if (!address.equals(here)) {
                throw new AssertionError("a command here goes to " + address + ", which is not this stage's address");
            }
        });
    }

    private static String bash(String script) {
        try {
            Path folder = Files.createTempDirectory("console");
            Map<String, String> environment =
                    Map.of("HOME", folder.toString(), "no_proxy", "localhost", "LC_ALL", "C.UTF-8");
            String printed = Tools.run(folder, environment, "bash", "--noprofile", "--norc", "-c", script);
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A command and what it prints.
     *
     * @param command its lines as they are shown, the first one behind {@code "$ "}
     * @param shown what the page shows below it
     */
    private record Exchange(List<String> command, List<String> shown) {

        String toType() {
            return String.join("\n", command).substring("$ ".length());
        }

        List<String> refreshed(String printed) {
            List<String> lines = new ArrayList<>(command);
            List<String> now = printed.lines().toList();
            for (int i = 0; i < now.size(); i++) {
                lines.add(
                        i < shown.size() && isStillRight(shown.get(i), now.get(i)) ? shown.get(i) : masked(now.get(i)));
            }
            return lines;
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
}
