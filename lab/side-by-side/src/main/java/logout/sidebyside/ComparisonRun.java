package logout.sidebyside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import logout.experiment.Experiment;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.experiment.StoredSession;
import logout.panel.Fingerprint;
import logout.panel.StageWithPanel;

/**
 * One presenter's way through the steps: an experiment of its own on each logout, with visitors of its own. A step is
 * done once, after those before it, however often and fast it is asked for.
 */
final class ComparisonRun {

    private final List<Column> columns;
    private final Map<Step, List<Line>> done = new EnumMap<>(Step.class);

    ComparisonRun(RunningStages stages, List<Logout> logouts) {
        columns = logouts.stream()
                .map(logout -> new Column(stages.running(logout.stage()), logout))
                .toList();
    }

    /** Does a step, and those before it that are not done yet, and tells what was observed in it. */
    synchronized List<Line> perform(Step step) {
        for (Step each : Step.values()) {
            if (each.compareTo(step) <= 0 && !done.containsKey(each)) {
                columns.parallelStream().forEach(column -> column.perform(each));
                done.put(each, lines(each));
                if (each.isLast()) {
                    end();
                }
            }
        }
        return done.get(step);
    }

    /** Lets the visitors leave. A run whose last step is done is over, and one that is given up. */
    synchronized void end() {
        columns.parallelStream().forEach(column -> column.experiment.leave());
    }

    private List<Line> lines(Step step) {
        List<Line> lines = new ArrayList<>();
        switch (step) {
            case LOG_IN -> lines.add(line("user", "row in the store", Column::user));
            case KEEP_NOTE -> lines.add(line("note", "note in the row", Column::note));
            default -> {
                for (ResidueColumn column : step.columns()) {
                    lines.add(line(column.key(), column.title(), logout -> logout.residue(column)));
                }
            }
        }
        return lines;
    }

    private Line line(String key, String name, Look look) {
        return new Line(
                key, name, columns.stream().map(column -> column.cell(look)).toList());
    }

    /** Looks at one thing in the column of a logout. */
    private interface Look {
        Cell at(Column column) throws IOException;
    }

    /** One logout's experiment, until it fails. */
    private static final class Column {
        private final StageWithPanel stage;
        private final Experiment experiment;
        private String failure;

        Column(StageWithPanel stage, Logout logout) {
            this.stage = stage;
            this.experiment = new Experiment(new StageLogout(stage, logout));
        }

        void perform(Step step) {
            if (failure != null) {
                return;
            }
            try {
                experiment.perform(step);
            } catch (IOException | RuntimeException e) {
                failure = "could not be run: " + e.getMessage();
            }
        }

        Cell cell(Look look) {
            if (failure == null) {
                try {
                    return look.at(this);
                } catch (IOException e) {
                    failure = "could not be looked at: " + e.getMessage();
                }
            }
            return new Cell(failure, null, false, true);
        }

        Cell user() throws IOException {
            StoredSession row = experiment.session(experiment.cookie());
            return seen(row == null ? "none" : row.user(), experiment.cookie());
        }

        Cell note() throws IOException {
            StoredSession row = experiment.session(experiment.cookie());
            return seen(row == null ? "none" : row.note(), experiment.cookie());
        }

        Cell residue(ResidueColumn column) throws IOException {
            Observation observation = experiment.residue().get(column);
            return new Cell(
                    observation.inWords(), fingerprint(experiment.idBehind(column)), observation.isLeftBehind(), false);
        }

        private Cell seen(String text, String cookie) {
            return new Cell(text, fingerprint(cookie), false, false);
        }

        private Fingerprint fingerprint(String cookieOrId) {
            return stage.panel().fingerprint(cookieOrId);
        }
    }

    /** One line of the comparison: a cell for each logout. */
    record Line(String key, String name, List<Cell> cells) {}

    /**
     * One cell.
     *
     * @param fingerprint of the id that it is about, or null
     * @param leftBehind whether something is left that a thorough logout would not leave
     * @param failed whether the text says why there is no observation
     */
    record Cell(String text, Fingerprint fingerprint, boolean leftBehind, boolean failed) {}
}
