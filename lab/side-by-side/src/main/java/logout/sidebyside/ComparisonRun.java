package logout.sidebyside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import logout.experiment.Call;
import logout.experiment.Experiment;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.experiment.StoredSession;
import logout.panel.Fingerprint;
import logout.panel.RecordedRequest;

/**
 * One presenter's way through the steps: an experiment of its own on each logout, with visitors of its own. A step is
 * done once, after those before it, however often and fast it is asked for.
 */
final class ComparisonRun {

    private final List<Column> columns;
    private final Map<Step, List<Line>> done = new EnumMap<>(Step.class);

    ComparisonRun(List<LogoutColumn> logouts) {
        columns = logouts.stream().map(Column::new).toList();
    }

    /** Does a step, and those before it that are not done yet, and tells what was observed in it. */
    synchronized List<Line> perform(Step step) {
        for (Step each : Step.values()) {
            if (each.compareTo(step) <= 0 && !done.containsKey(each)) {
                columns.parallelStream().forEach(column -> column.perform(each));
                done.put(each, lines(each));
                if (done.size() == Step.values().length) {
                    end();
                }
            }
        }
        return done.get(step);
    }

    int columns() {
        return columns.size();
    }

    /**
     * What was done to a logout in a step, as the app has recorded it; nothing where it has not.
     *
     * @param column the place of the logout, from 0
     */
    synchronized List<RecordedRequest> recorded(Step step, int column) {
        return columns.get(column).recorded.getOrDefault(step, List.of());
    }

    /** What was observed in the steps that are done, in their order. Waits for a step that is being done. */
    synchronized Map<Step, List<Line>> done() {
        return new EnumMap<>(done);
    }

    /** Lets the visitors leave. A run whose last step is done is over, and one that is given up. */
    synchronized void end() {
        columns.parallelStream().forEach(column -> column.experiment.leave());
    }

    private List<Line> lines(Step step) {
        List<Line> lines = new ArrayList<>();
        switch (step) {
            case LOG_IN -> lines.add(line("user", "row in the store", column -> column.row(StoredSession::user)));
            case KEEP_NOTE -> lines.add(line("note", "note in the row", column -> column.row(StoredSession::note)));
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

    /** One logout's experiment. */
    private static final class Column {
        private final LogoutColumn logout;
        private final Experiment experiment;

        private final Map<Step, List<RecordedRequest>> recorded = new EnumMap<>(Step.class);

        /** The number of the last request that the app has recorded of this experiment. */
        private int last;

        Column(LogoutColumn logout) {
            this.logout = logout;
            this.experiment = new Experiment(logout.subject());
        }

        void perform(Step step) {
            experiment.perform(step);
            try {
                List<RecordedRequest> all = logout.recorded().by(experiment.agent()).stream()
                        .filter(request -> request.number() > last)
                        .toList();
                recorded.put(
                        step,
                        logout.subject().requests(step).stream()
                                .flatMap(call -> all.stream()
                                        .filter(request -> request.request().equals(call.toString()))
                                        .map(request -> request.by(sender(step, call))))
                                .toList());
                last = all.isEmpty() ? last : all.get(all.size() - 1).number();
            } catch (IOException e) {
                // The app is away, so nothing is known of what it did.
            }
        }

        private String sender(Step step, Call call) {
            return switch (step) {
                case REPLAY -> RecordedRequest.REPLAY;
                case FOREIGN_LINK -> RecordedRequest.FOREIGN_LINK;
                case SLOW_SAVE ->
                    call.equals(logout.subject().logout()) ? RecordedRequest.VISITOR : RecordedRequest.SLOW_SAVE;
                default -> RecordedRequest.VISITOR;
            };
        }

        Cell cell(Look look) {
            try {
                return experiment.failure() == null ? look.at(this) : notSeen(experiment.failure());
            } catch (IOException e) {
                return notSeen(e.getMessage());
            }
        }

        private static Cell notSeen(String reason) {
            return new Cell(Observation.notSeen(reason).inWords(), null, Mark.failed);
        }

        Cell row(Function<StoredSession, String> content) throws IOException {
            StoredSession row = experiment.session(experiment.cookie());
            return new Cell(row == null ? "none" : content.apply(row), fingerprint(experiment.cookie()), Mark.plain);
        }

        Cell residue(ResidueColumn column) throws IOException {
            Observation observation = experiment.residue().get(column);
            return new Cell(
                    observation.inWords(), fingerprint(experiment.idBehind(column)), Mark.of(column, observation));
        }

        private Fingerprint fingerprint(String cookieOrId) {
            return logout.fingerprints().apply(cookieOrId);
        }
    }

    /** One line of the comparison: a cell for each logout. */
    record Line(String key, String name, List<Cell> cells) {}

    /** One cell; the fingerprint, of the id that it is about, may be null. */
    record Cell(String text, Fingerprint fingerprint, Mark mark) {}

    /** What a cell says of its logout. Where it failed, or was moot, the text says why. */
    enum Mark {
        plain,
        clean,
        untidy,
        danger,
        failed,
        moot;

        private static Mark of(ResidueColumn column, Observation observation) {
            return switch (observation.verdict()) {
                case YES -> observation.isDangerous() ? danger : untidy;
                case NOT_SEEN -> failed;
                case MOOT -> moot;
                case NO -> column == ResidueColumn.REPLY || column == ResidueColumn.SET_COOKIE ? plain : clean;
            };
        }
    }
}
