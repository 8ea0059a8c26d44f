package logout.exercises.check;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import logout.app.LoginApp;
import logout.app.Stage;
import logout.app.StartException;
import logout.app.server.StageListener;
import logout.app.session.Database;
import logout.app.web.Assets;
import logout.launcher.SourceCompiler;
import logout.launcher.StageWithPanel;
import spark.Service;

/**
 * An exercise, live: its file runs as a stage with the lab panel, and each save is compiled, taken, and checked. The terminal
 * and the page say what is still left behind.
 */
public final class LiveExercise {

    private static final long PAUSE_MS = 150;
    private static final int PORT = Integer.getInteger("exercise.port", RoutesCheck.PORT);
    private static final String KEYS = "  h and Enter: a hint.  r: begin again.  n: the next exercise.  q: stop.";

    private final Map<Integer, Boolean> solved = new LinkedHashMap<>();
    private final SourceCompiler compiler = new SourceCompiler();

    private ExercisePage page;
    private StageWithPanel stage;
    private FileTime taken;
    private String verdict = "";

    private LiveExercise() {}

    /** Takes the exercise's number, or {@code list}; without an argument, what {@code -Dexercise=} says. */
    public static void main(String[] arguments) {
        ShortTraces.print();
        String wanted = arguments.length > 0 ? arguments[0] : System.getProperty("exercise", "");
        System.exit(new LiveExercise().run(wanted));
    }

    private int run(String wanted) {
        if (wanted.equals("list")) {
            list();
            return 0;
        }
        Exercise<?> chosen = Exercises.find(wanted);
        if (chosen == null) {
            System.out.println("-Dexercise=list shows them.");
            return 2;
        }
        if (!compiler.isThere()) {
            System.out.println("A live exercise needs a JDK: this Java has no compiler.");
            return 2;
        }
        try (Database database = Database.inMemory()) {
            begin(chosen, database);
            new Thread(this::checkTheOthers, "progress").start();
            return untilStopped(database);
        } catch (StartException e) {
            System.out.println(e.getMessage());
            return 1;
        }
    }

    private void list() {
        for (Exercise<?> exercise : Exercises.ALL) {
            System.out.printf("  %-5s %s%n", isSolved(exercise) ? "done" : "open", exercise.title());
        }
    }

    /** As the file was when this program was started. */
    private static boolean isSolved(Exercise<?> exercise) {
        try {
            exercise.tryStartingPoint();
            return true;
        } catch (LeftBehind e) {
            return false;
        }
    }

    private void checkTheOthers() {
        for (Exercise<?> exercise : Exercises.ALL) {
            boolean done = isSolved(exercise);
            synchronized (this) {
                solved.putIfAbsent(exercise.number(), done);
            }
        }
    }

    private synchronized void begin(Exercise<?> exercise, Database database) {
        page = ExercisePage.of(exercise);
        taken = null;
        verdict = "";
        if (stage == null) {
            stage = StageWithPanel.start(live(exercise, exercise.file()), PORT, database);
        }
        System.out.printf(
                "%n%s%n%n  %s%n%n  edit  %s%n  see   %s%n%n%s%n",
                exercise.title(), page.goal(), exercise.path(), stage.server().address(), KEYS);
    }

    /** The stage of an exercise's routes, with a page for people. Exercise 13 has no routes: then it is stage 4. */
    private Stage live(Exercise<?> exercise, Class<?> form) {
        BiConsumer<Service, LoginApp> routes =
                exercise.check() instanceof RoutesCheck ? Exercises.routesOf(form) : (spark, app) -> {};
        return RoutesCheck.stageOf((spark, app) -> {
            spark.get("/", app.page("exercise.ftlh"));
            spark.get(StageListener.PATH + "exercise", (request, response) -> {
                response.type("application/json; charset=utf-8");
                return told();
            });
            Assets.serve(spark, "/logout/exercises/assets/");
            routes.accept(spark, app);
        });
    }

    /** What the page shows. */
    private synchronized String told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("title", page.exercise().title());
        told.put("goal", page.goal());
        told.put("hint", page.hint());
        told.put("file", page.exercise().path());
        told.put("verdict", verdict);
        told.put("isSolved", solved.getOrDefault(page.exercise().number(), false));
        told.put("takeAway", page.takeAway());
        List<Map<String, Object>> all = new ArrayList<>();
        for (Exercise<?> exercise : Exercises.ALL) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("number", exercise.number());
            one.put("isSolved", solved.get(exercise.number()));
            all.add(one);
        }
        told.put("all", all);
        return new Gson().toJson(told);
    }

    private int untilStopped(Database database) {
        BufferedReader keys = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        boolean listens = true;
        try {
            while (true) {
                takeAnEdit();
                Thread.sleep(PAUSE_MS);
                String key = listens && keys.ready() ? keys.readLine() : "";
                listens = key != null;
                switch (key == null ? "" : key.strip()) {
                    case "h" -> System.out.printf("%n  %s%n", page.hint());
                    case "r" ->
                        System.out.println(
                                page.putBack() ? "  The file is as it was." : "  Git could not bring the file back.");
                    case "n" -> begin(next(), database);
                    case "q" -> {
                        stage.close();
                        return 0;
                    }
                    default -> {}
                }
            }
        } catch (InterruptedException | IOException e) {
            return 0;
        }
    }

    private Exercise<?> next() {
        return Exercises.ALL.get(page.exercise().number() % Exercises.ALL.size());
    }

    private void takeAnEdit() throws IOException {
        FileTime now = Files.exists(page.file()) ? Files.getLastModifiedTime(page.file()) : taken;
        if (now == null || now.equals(taken)) {
            return;
        }
        taken = now;
        long begun = System.nanoTime();
        String said = checked();
        System.out.printf("%n  %s  (%.1f s)%n", said, (System.nanoTime() - begun) / 1e9);
    }

    private String checked() throws IOException {
        Exercise<?> exercise = page.exercise();
        String said;
        String shown = null;
        boolean done = false;
        try {
            Class<?> form = compiler.compile(page.sources(), List.of(page.file()), page.file());
            stage.server().replace(live(exercise, form));
            exercise.tryEdited(form);
            done = true;
            shown = "Solved. " + page.takeAway();
            said = shown + " One solution: docs/exercises/src/test/java/logout/exercises/solutions/"
                    + page.file().getFileName();
        } catch (SourceCompiler.MistakeException e) {
            said = "What ran before goes on. " + e.getMessage();
        } catch (LeftBehind e) {
            said = "Not yet. " + e.getMessage();
        } catch (RuntimeException e) {
            said = "Not yet. The routes could not be added: " + e.getMessage();
        }
        synchronized (this) {
            verdict = shown == null ? said : shown;
            solved.put(exercise.number(), done);
        }
        return said;
    }
}
