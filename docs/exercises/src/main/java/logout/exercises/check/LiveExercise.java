package logout.exercises.check;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.app.server.StageListener;
import logout.app.session.Database;
import logout.app.web.Assets;
import logout.app.web.HttpError;
import logout.app.web.RequestBody;
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

    private static final long PAUSE_MS = 150;
    private static final int COUNT = Exercise.values().length;
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

    private final SourceCompiler compiler = new SourceCompiler();
    private int exitCode;
    private StageWithPanel running;
    private ExercisePage page;
    private FileTime taken;
    private FileTime last;
    private Verdict verdict;

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
            Stream.of(Exercise.values()).forEach(LiveExercise::list);
            System.out.println("-Dexercise=N runs one; -Dexercise=N -Dexec.args=--help shows the options.");
            return;
        }
        page = page(wanted);
        if (page == null) {
            String all = ": there are 1 to " + COUNT + ", and list";
            throw new ParameterException(spec.commandLine(), "There is no exercise " + wanted + all);
        }
        if (once) {
            Verdict checked = checked(page.exercise(), page.exercise().file());
            System.out.printf("%n%s%n  edit  %s%n%n", checked.inWords(), page.path());
            exitCode = checked.isSolved() ? 0 : 1;
        } else if (compiler.isThere()) {
            runLive();
        } else {
            System.err.println("A live exercise needs a JDK: this Java has no compiler.");
            exitCode = 1;
        }
    }

    /** The page of the exercise of this number; null where there is none. */
    private static ExercisePage page(String number) {
        return Stream.of(Exercise.values())
                .filter(exercise -> number.equals(String.valueOf(exercise.number())))
                .map(ExercisePage::new)
                .findFirst()
                .orElse(null);
    }

    private static void list(Exercise exercise) {
        String state = checked(exercise, exercise.file()).isSolved() ? "solved" : "open";
        System.out.printf("  %-6s  %2d  %s%n", state, exercise.number(), exercise.title());
    }

    private void runLive() {
        try (Database database = Database.inMemory()) {
            running = StageWithPanel.start(live(page, page.exercise().file()), port, database);
            begin(page);
            while (true) {
                takeAnEdit(page);
                Thread.sleep(PAUSE_MS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void begin(ExercisePage chosen) {
        running.server().replace(live(chosen, chosen.exercise().file()));
        page = chosen;
        taken = null;
        verdict = new Verdict("checking", List.of(""));
        System.out.printf(
                "%nExercise %d, %s%n%n  edit  %s%n  see   %s%n",
                page.exercise().number(),
                page.exercise().title(),
                page.path(),
                running.server().address());
    }

    /** The stage of an exercise, with what its page asks for. */
    private Stage live(ExercisePage of, Class<?> form) {
        Stage stage = of.exercise().stage(form);
        return new Stage(stage.number(), stage.title(), stage.lesson(), (spark, app) -> {
            spark.get(ADDRESS, this::told);
            spark.post(ADDRESS, this::chosen);
            Assets.serve(spark, "/logout/exercises/assets/");
            stage.routes().accept(spark, app);
        });
    }

    /** Goes on with the exercise that a page asks for. */
    private String chosen(Request request, Response response) throws IOException {
        ExercisePage chosen = page(RequestBody.query(request).getOrDefault("number", ""));
        if (chosen == null) {
            throw new HttpError(404, "There is no such exercise.");
        }
        begin(chosen);
        return told(request, response);
    }

    private synchronized String told(Request request, Response response) throws IOException {
        response.type("application/json; charset=utf-8");
        return new Gson()
                .toJson(new Told(
                        page.exercise().number(),
                        Stream.of(Exercise.values()).map(Exercise::title).toList(),
                        page.html(),
                        page.solution(),
                        page.path(),
                        new String(Files.readAllBytes(page.file()), StandardCharsets.UTF_8)
                                .lines()
                                .toList(),
                        verdict));
    }

    private void takeAnEdit(ExercisePage edited) throws IOException {
        FileTime now = Files.exists(edited.file()) ? Files.getLastModifiedTime(edited.file()) : taken;
        // An editor may write the file in pieces: it is taken when two looks find it the same.
        boolean isWhole = now != null && now.equals(last);
        last = now;
        if (!isWhole || now.equals(taken)) {
            return;
        }
        taken = now;
        long begun = System.nanoTime();
        Verdict next = takenAndChecked(edited);
        synchronized (this) {
            if (edited != page) {
                return; // another exercise has been begun meanwhile
            }
            verdict = next;
        }
        System.out.printf("%n  %s  (%.1f s)%n", next.inWords(), (System.nanoTime() - begun) / 1e9);
    }

    private Verdict takenAndChecked(ExercisePage edited) throws IOException {
        try {
            Class<?> form = compiler.compile(ExercisePage.sources(), List.of(edited.file()), edited.file());
            synchronized (this) {
                if (edited == page) {
                    running.server().replace(live(edited, form));
                }
            }
            return checked(edited.exercise(), form);
        } catch (SourceCompiler.MistakeException e) {
            return new Verdict("mistake", List.of(e.getMessage()));
        } catch (RuntimeException e) {
            return new Verdict("mistake", List.of("The routes could not be added: " + e.getMessage()));
        }
    }

    private static Verdict checked(Exercise exercise, Class<?> form) {
        try {
            exercise.tryOut(form);
            return new Verdict("solved", List.of(""));
        } catch (LeftBehind e) {
            return new Verdict("not-yet", e.sentences());
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

    /**
     * What the page shows.
     *
     * @param text the exercise's page in the docs, as HTML
     * @param file the path of the learner's file, which has these lines
     */
    private record Told(
            int number,
            List<String> titles,
            String text,
            String solution,
            String file,
            List<String> lines,
            Verdict verdict) {}
}
