package logout.exercises.check;

import java.util.ArrayDeque;
import java.util.Deque;
import logout.app.session.Database;
import logout.experiment.Call;
import logout.launcher.StageWithPanel;
import logout.testing.QuickAccounts;

/** Servers of one form of a learner's app, with one session store. */
final class ExerciseServers implements AutoCloseable {

    private final Exercise exercise;
    private final Class<?> form;
    private final Database database = Database.inMemory();
    private final Deque<StageWithPanel> started = new ArrayDeque<>();

    ExerciseServers(Exercise exercise, Class<?> form) {
        this.exercise = exercise;
        this.form = form;
    }

    /** Starts one more, whose logout is that of the single pages. */
    ExerciseApp start() {
        started.push(StageWithPanel.start(
                exercise.stage(form), 0, database, QuickAccounts.ALL, handler -> exercise.cache(form, handler)));
        Call logout = Call.of("POST", "/api/logout");
        return new ExerciseApp(started.peek(), logout, logout, null);
    }

    @Override
    public void close() {
        started.forEach(StageWithPanel::close);
        database.close();
    }
}
