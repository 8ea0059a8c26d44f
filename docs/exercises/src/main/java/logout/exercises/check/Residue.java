package logout.exercises.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.experiment.Call;
import logout.experiment.Condition;
import logout.experiment.Experiment;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.panel.StageLogout;

/** What a logout has to leave behind. */
final class Residue {

    /** What a logout that leaves nothing is not, beside the cells of the table. */
    private static final Set<Condition> WEAKNESSES = Set.of(
            Condition.LOGOUT_FAILS,
            Condition.LOGS_IN_AGAIN,
            Condition.DELETION_MISSES,
            Condition.SECOND_LOGOUT_FAILS,
            Condition.SESSION_FOR_NOBODY);

    private Residue() {}

    /** Insists that the logouts of this app leave what those of a stage do, cell by cell. */
    static void insistOnStage(int number, StageLogout app) throws IOException {
        Map<String, Map<String, String>> table = table(number);
        List<String> notYet = new ArrayList<>();
        table.forEach((title, cells) -> {
            String[] request = title.split(" ");
            Experiment experiment = performed(app.with(Call.of(request[0], request[1])));
            String prefix = table.size() > 1 ? title + ", " : "";
            differences(experiment, cells, EnumSet.allOf(ResidueColumn.class))
                    .map(prefix::concat)
                    .forEach(notYet::add);
        });
        LeftBehind.whenAny(notYet);
    }

    /** Insists that a logout leaves nothing behind, as stage 4's does; its reply may be another. */
    static void insistOnNothing(StageLogout app) throws IOException {
        Experiment experiment = performed(app);
        experiment.tryTheRest();
        Stream<String> weaknesses = experiment.conditions().entrySet().stream()
                .filter(one ->
                        WEAKNESSES.contains(one.getKey()) && one.getValue().isLeftBehind())
                .map(one -> one.getKey().seen(one.getValue()));
        Map<String, String> cells = table(Stage.COUNT).values().iterator().next();
        Set<ResidueColumn> columns = EnumSet.complementOf(EnumSet.of(ResidueColumn.REPLY));
        LeftBehind.whenAny(Stream.concat(weaknesses, differences(experiment, cells, columns))
                .toList());
    }

    private static Experiment performed(StageLogout app) {
        Experiment experiment = new Experiment(app);
        Stream.of(Step.values()).forEach(experiment::perform);
        LeftBehind.when(experiment.failure() != null, "The experiment cannot go on: %s.", experiment.failure());
        return experiment;
    }

    /** In which of these columns the logout leaves something else than it should. */
    private static Stream<String> differences(
            Experiment experiment, Map<String, String> cells, Set<ResidueColumn> columns) {
        Map<ResidueColumn, Observation> seen = experiment.residue();
        return columns.stream()
                .filter(column -> !seen.get(column).inWords().equals(cells.get(column.title())))
                .map(column -> column.title() + ": " + seen.get(column).inWords() + " — it should be: "
                        + cells.get(column.title()));
    }

    /** The table in a stage's chapter: for each logout, its cells by the titles of their lines. */
    private static Map<String, Map<String, String>> table(int number) throws IOException {
        Path chapter = Exercise.only(Exercise.MODULE.getParent(), "stage-0" + number + "-*.md");
        List<String[]> lines = Files.readAllLines(chapter).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(2).split(" ?\\| ?"))
                .toList();
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        for (int i = 1; i < lines.get(0).length; i++) {
            int column = i;
            table.put(
                    lines.get(0)[i].split("`")[1],
                    lines.stream().collect(Collectors.toMap(line -> line[0], line -> line[column].replace("`", ""))));
        }
        return table;
    }
}
