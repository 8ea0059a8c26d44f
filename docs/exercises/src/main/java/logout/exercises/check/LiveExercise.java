package logout.exercises.check;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.app.StartException;
import logout.app.account.Accounts;
import logout.app.server.StageListener;
import logout.app.session.Database;
import logout.app.web.Assets;
import logout.app.web.HttpError;
import logout.app.web.RequestBody;
import logout.launcher.LiveSource;
import logout.launcher.SourceCompiler;
import logout.launcher.StageWithPanel;
import logout.launcher.Terminal;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import spark.Request;
import spark.Response;

/**
 * An exercise, live: its file runs as a stage with the lab panel, and each save is compiled, taken, and checked. The terminal
 * and the page say what is not yet so. No request changes a file.
 */
@Command(
        name = "exercise",
        description = "Runs an exercise until Ctrl-C, and takes and checks each save of its file.",
        footer = "With Maven: mvn -q compile exec:java -Dexercise=N -Dexec.args=\"--port 8080\"")
public final class LiveExercise implements Runnable, IExitCodeGenerator {

    private static final String ADDRESS = StageListener.PATH + "exercise";
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");

    @Parameters(paramLabel = "EXERCISE", description = "1 to 13; list checks all of them, and ends.")
    private String wanted;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Listen on this port, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port = Stage.BASE_PORT + Exercise.STAGE_NUMBER;

    @Option(names = "--check", description = "Check the file once, and end: with 0 where it is solved, else with 1.")
    private boolean once;

    @Spec
    private CommandSpec spec;

    private int exitCode;
    private StageWithPanel running;
    private volatile Source begun;

    private LiveExercise() {}

    /** Takes the exercise's number, or {@code list}, and options; the number may be what {@code -Dexercise=} says. */
    public static void main(String[] arguments) {
        ShortTraces.print();
        Stream<String> asked = Stream.ofNullable(System.getProperty("exercise"));
        String[] all = Stream.concat(Stream.of(arguments), asked).distinct().toArray(String[]::new);
        String hint = "Choose another with -Dexec.args=\"--port N\", or any free one with --port 0.";
        Terminal.run(new LiveExercise(), hint, all);
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    @Override
    public void run() {
        if (wanted.equals("list")) {
            for (Exercise exercise : Exercise.values()) {
                String state = exercise.tryOut(exercise.given()).isEmpty() ? "solved" : "open";
                System.out.printf("  %-6s  %2d  %s%n", state, exercise.number(), exercise.title());
            }
            System.out.println("-Dexercise=N runs one; -Dexercise=N -Dexec.args=--help shows the options.");
            return;
        }
        String all = ": there are 1 to " + Exercise.values().length + ", and list";
        Exercise exercise = exercise(wanted)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "There is no exercise " + wanted + all));
        if (once) {
            Verdict checked = Verdict.of(exercise.tryOut(exercise.given()));
            System.out.printf("%n%s%n  edit  %s%n%n", checked.inWords(), exercise.path());
            exitCode = checked.kind.equals("solved") ? 0 : 1;
            return;
        }
        if (!SourceCompiler.isThere()) {
            throw new StartException("A live exercise needs a JDK: this Java has no compiler.", null);
        }
        Database database = Database.inMemory();
        running = StageWithPanel.start(live(exercise, exercise.given()), port, database, Accounts.DEMO);
        begin(exercise);
        LiveSource.watch(() -> List.of(begun));
        Terminal.awaitStop(List.of(running, database));
    }

    private static Optional<Exercise> exercise(String number) {
        return Stream.of(Exercise.values())
                .filter(exercise -> String.valueOf(exercise.number()).equals(number))
                .findFirst();
    }

    private synchronized void begin(Exercise chosen) {
        running.server().replace(live(chosen, chosen.given()));
        begun = new Source(chosen);
        System.out.printf(
                "%nExercise %d, %s%n%n  edit  %s%n  see   %s%n",
                chosen.number(), chosen.title(), chosen.path(), running.server().address());
    }

    /** The stage of an exercise, with what its page asks for. */
    private Stage live(Exercise of, Class<?> form) {
        return of.stage(form, (spark, app) -> {
            spark.get(ADDRESS, (request, response) -> told(response));
            spark.post(ADDRESS, this::chosen);
            Assets.serve(spark, "/logout/exercises/assets/");
        });
    }

    /** Goes on with the exercise that a page asks for. */
    private String chosen(Request request, Response response) throws IOException {
        begin(exercise(RequestBody.query(request).get("number"))
                .orElseThrow(() -> new HttpError(404, "There is no such exercise.")));
        return told(response);
    }

    private String told(Response response) throws IOException {
        response.type("application/json; charset=utf-8");
        Source shown = begun;
        Exercise exercise = shown.exercise;
        // Not as UTF-8 alone: what is not is shown, too.
        String file = new String(Files.readAllBytes(exercise.file()), StandardCharsets.UTF_8);
        Map<String, Object> told = Map.of(
                "number", exercise.number(),
                "titles", Stream.of(Exercise.values()).map(Exercise::title).toList(),
                "text", html(exercise.text()),
                "solution", exercise.solution(),
                "file", exercise.path(),
                "lines", file.lines().toList(),
                "verdict", shown.verdict);
        return new Gson().toJson(told);
    }

    /** Without its links, for they lead to other files. */
    private static String html(String markdown) {
        String text = LINK.matcher(markdown).replaceAll("$1");
        return HtmlRenderer.builder().build().render(Parser.builder().build().parse(text));
    }

    /** The file of an exercise that was begun. Once another one is begun, nothing of it runs or is told any more. */
    private final class Source extends LiveSource {

        private final Exercise exercise;
        private volatile Verdict verdict = new Verdict("checking", List.of());

        private Source(Exercise exercise) {
            super(running, exercise.file(), exercise.file(), Exercise.MODULE, Exercise.ROOT);
            this.exercise = exercise;
        }

        @Override
        protected Stage stage(Class<?> form) {
            return live(exercise, form);
        }

        @Override
        protected void replace(Stage edited) {
            synchronized (LiveExercise.this) {
                if (this == begun) {
                    super.replace(edited);
                }
            }
        }

        @Override
        protected void took(Class<?> form, String mistake) {
            long start = System.nanoTime();
            verdict = mistake == null ? Verdict.of(exercise.tryOut(form)) : new Verdict("mistake", List.of(mistake));
            if (this == begun) {
                System.out.printf("%n  %s  (%.1f s)%n", verdict.inWords(), (System.nanoTime() - start) / 1e9);
            }
        }
    }

    /**
     * What the last save has come to.
     *
     * @param kind {@code checking}, {@code not-yet}, {@code mistake} or {@code solved}
     * @param sentences what is wrong, the first thing first
     */
    private record Verdict(String kind, List<String> sentences) {

        private static Verdict of(List<String> notYet) {
            return new Verdict(notYet.isEmpty() ? "solved" : "not-yet", notYet);
        }

        private String inWords() {
            String all = String.join("\n           ", sentences);
            return switch (kind) {
                case "solved" -> "Solved.";
                case "mistake" -> "What ran before goes on. " + all;
                default -> "Not yet. " + all;
            };
        }
    }
}
