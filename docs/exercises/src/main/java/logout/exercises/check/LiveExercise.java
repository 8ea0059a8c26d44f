package logout.exercises.check;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.app.server.StageListener;
import logout.app.session.Database;
import logout.app.web.Assets;
import logout.app.web.HttpError;
import logout.app.web.RequestBody;
import logout.launcher.LiveEdits;
import logout.launcher.LiveSource;
import logout.launcher.SourceCompiler;
import logout.launcher.StageWithPanel;
import logout.launcher.Terminal;
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

    @Parameters(paramLabel = "EXERCISE", description = "1 to 13; list checks all of them, and ends.")
    private String wanted;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Listen on this port, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port = Stage.BASE_PORT + Exercise.STAGE_NUMBER;

    @Option(names = "--check", description = "Check the file once, and end: with 0 where it is solved, else with 1.")
    private boolean once;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and end.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private int exitCode;
    private StageWithPanel running;
    private volatile Source begun;

    private LiveExercise() {}

    /** Takes the exercise's number, or {@code list}, and options; the number may be what {@code -Dexercise=} says. */
    public static void main(String[] arguments) {
        ShortTraces.print();
        List<String> all = new ArrayList<>(List.of(arguments));
        String asked = System.getProperty("exercise");
        if (asked != null && !all.contains(asked)) {
            all.add(asked);
        }
        String hint = "Choose another with -Dexec.args=\"--port N\", or any free one with --port 0.";
        Terminal.run(new LiveExercise(), hint, all.toArray(String[]::new));
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    @Override
    public void run() {
        if (wanted.equals("list")) {
            for (Exercise exercise : Exercise.values()) {
                String state = checked(exercise, exercise.file()).isSolved() ? "solved" : "open";
                System.out.printf("  %-6s  %2d  %s%n", state, exercise.number(), exercise.title());
            }
            System.out.println("-Dexercise=N runs one; -Dexercise=N -Dexec.args=--help shows the options.");
            return;
        }
        Exercise exercise = exercise(wanted);
        if (exercise == null) {
            String all = ": there are 1 to " + Exercise.values().length + ", and list";
            throw new ParameterException(spec.commandLine(), "There is no exercise " + wanted + all);
        }
        if (once) {
            Verdict checked = checked(exercise, exercise.file());
            System.out.printf("%n%s%n  edit  %s%n%n", checked.inWords(), new ExercisePage(exercise).path());
            exitCode = checked.isSolved() ? 0 : 1;
        } else if (SourceCompiler.isThere()) {
            Database database = Database.inMemory();
            running = StageWithPanel.start(live(exercise, exercise.file()), port, database);
            begin(exercise);
            LiveEdits.watch(() -> List.of(begun));
            Terminal.awaitStop(List.of(running, database));
        } else {
            System.err.println("A live exercise needs a JDK: this Java has no compiler.");
            exitCode = 1;
        }
    }

    /** The exercise of this number; null where there is none. */
    private static Exercise exercise(String number) {
        return Stream.of(Exercise.values())
                .filter(exercise -> number.equals(String.valueOf(exercise.number())))
                .findFirst()
                .orElse(null);
    }

    private synchronized void begin(Exercise chosen) {
        running.server().replace(live(chosen, chosen.file()));
        begun = new Source(new ExercisePage(chosen));
        System.out.printf(
                "%nExercise %d, %s%n%n  edit  %s%n  see   %s%n",
                chosen.number(),
                chosen.title(),
                begun.page.path(),
                running.server().address());
    }

    /** The stage of an exercise, with what its page asks for. */
    private Stage live(Exercise of, Class<?> form) {
        Stage stage = of.stage(form);
        return new Stage(stage.number(), stage.title(), stage.lesson(), (spark, app) -> {
            spark.get(ADDRESS, (request, response) -> told(response));
            spark.post(ADDRESS, this::chosen);
            Assets.serve(spark, "/logout/exercises/assets/");
            stage.routes().accept(spark, app);
        });
    }

    /** Goes on with the exercise that a page asks for. */
    private String chosen(Request request, Response response) throws IOException {
        Exercise chosen = exercise(RequestBody.query(request).getOrDefault("number", ""));
        if (chosen == null) {
            throw new HttpError(404, "There is no such exercise.");
        }
        begin(chosen);
        return told(response);
    }

    private String told(Response response) throws IOException {
        Source shown = begun;
        byte[] file = Files.readAllBytes(shown.page.file());
        response.type("application/json; charset=utf-8");
        return new Gson()
                .toJson(Map.of(
                        "number", shown.page.exercise().number(),
                        "titles",
                                Stream.of(Exercise.values())
                                        .map(Exercise::title)
                                        .toList(),
                        "text", shown.page.html(),
                        "solution", shown.page.solution(),
                        "file", shown.page.path(),
                        "lines",
                                new String(file, StandardCharsets.UTF_8).lines().toList(),
                        "verdict", shown.verdict));
    }

    private static Verdict checked(Exercise exercise, Class<?> form) {
        try {
            exercise.tryOut(form);
            return new Verdict("solved", List.of(""));
        } catch (LeftBehind e) {
            return new Verdict("not-yet", e.sentences());
        }
    }

    /** The file of an exercise that was begun. Once another one is begun, nothing of it runs or is told any more. */
    private final class Source extends LiveSource {

        private final ExercisePage page;
        private volatile Verdict verdict = new Verdict("checking", List.of(""));

        private Source(ExercisePage page) {
            super(running, page.file(), page.file(), ExercisePage.MODULE, ExercisePage.ROOT);
            this.page = page;
        }

        @Override
        protected Stage stage(Class<?> form) {
            return live(page.exercise(), form);
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
            verdict = mistake == null ? checked(page.exercise(), form) : new Verdict("mistake", List.of(mistake));
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

        private boolean isSolved() {
            return kind.equals("solved");
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
