package logout.exercises.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.Condition;
import logout.experiment.Experiment;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.experiment.Verdict;

/**
 * What a logout has to leave behind: a column of the table in a stage's chapter.
 *
 * @param prefix what each sentence begins with
 * @param cells by the titles of the table's lines
 */
record Residue(String logout, String prefix, Map<String, String> cells) {

    /** What a logout that leaves nothing is not, beside the cells of the table. */
    private static final Set<Condition> WEAKNESSES = Set.of(
            Condition.LOGOUT_FAILS,
            Condition.LOGS_IN_AGAIN,
            Condition.DELETION_MISSES,
            Condition.SECOND_LOGOUT_FAILS,
            Condition.SESSION_FOR_NOBODY);

    /** Insists that the logouts of this app leave what those of a stage do, cell by cell. */
    static void insistOnStage(int number, ExerciseServers servers) throws IOException {
        ExerciseApp app = servers.start();
        List<String> notYet = new ArrayList<>();
        for (Residue residue : ofStage(number)) {
            String[] request = residue.logout.split(" ");
            Call logout = Call.of(request[0], request[1]);
            Experiment experiment = performed(new ExerciseApp(app.running(), logout, logout, null));
            notYet.addAll(residue.notYet(experiment, EnumSet.allOf(ResidueColumn.class)));
        }
        LeftBehind.whenAny(notYet);
    }

    /** Insists that a logout leaves nothing behind, as stage 4's does; its reply may be another. */
    static void insistOnNothing(ExerciseApp app) throws IOException {
        Experiment experiment = performed(app);
        experiment.tryTheRest();
        List<String> notYet = new ArrayList<>();
        experiment.conditions().forEach((condition, seen) -> {
            if (WEAKNESSES.contains(condition) && seen.verdict() == Verdict.YES) {
                notYet.add(condition.seen(seen));
            }
        });
        notYet.addAll(ofStage(4).get(0).notYet(experiment, EnumSet.complementOf(EnumSet.of(ResidueColumn.REPLY))));
        LeftBehind.whenAny(notYet);
    }

    private static Experiment performed(ExerciseApp app) {
        Experiment experiment = new Experiment(app);
        Stream.of(Step.values()).forEach(experiment::perform);
        LeftBehind.when(experiment.failure() != null, "The experiment cannot go on: %s.", experiment.failure());
        return experiment;
    }

    private List<String> notYet(Experiment experiment, Set<ResidueColumn> columns) {
        List<String> sentences = new ArrayList<>();
        for (ResidueColumn column : columns) {
            String seen = experiment.residue().get(column).inWords();
            String words = cells.get(column.title());
            if (!seen.equals(words)) {
                sentences.add(prefix + column.title() + ": " + seen + " — it should be: " + words);
            }
        }
        return sentences;
    }

    /** One for each column of the table in the chapter. */
    private static List<Residue> ofStage(int number) throws IOException {
        List<String[]> lines = ExercisePage.chapter(number)
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(2).split(" ?\\| ?"))
                .toList();
        String[] heading = lines.get(0);
        return IntStream.range(1, heading.length)
                .mapToObj(i -> {
                    String logout = heading[i].split("`")[1];
                    Map<String, String> cells =
                            lines.stream().collect(Collectors.toMap(line -> line[0], line -> line[i].replace("`", "")));
                    return new Residue(logout, heading.length > 2 ? logout + ", " : "", cells);
                })
                .toList();
    }
}
