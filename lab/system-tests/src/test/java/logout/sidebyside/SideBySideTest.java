package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import logout.experiment.ContractLogout;
import logout.experiment.Experiment;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.launcher.DatabaseOption;
import logout.sidebyside.ResidueTable.Format;
import logout.testing.Captured;
import logout.testing.QuickAccounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

@DisplayName("The experiment, side by side")
@ResourceLock(Resources.SYSTEM_OUT)
class SideBySideTest {

    private static final List<Logout> LOGOUTS = List.of(Logout.values());

    private static RunningStages stages;

    @BeforeAll
    static void the_stages_run() {
        stages = start();
    }

    private static RunningStages start() {
        return RunningStages.start(LOGOUTS, 0, new DatabaseOption(), QuickAccounts.ALL, server -> {});
    }

    @AfterAll
    static void the_stages_stop() {
        stages.close();
    }

    @Test
    @Order(1)
    void observes_the_residue_that_the_readme_has_and_says_the_same_as_text_as_markdown_and_as_json() {
        Map<ContractLogout, Map<ResidueColumn, Observation>> residues = new LinkedHashMap<>();
        for (LogoutColumn column : stages.columns()) {
            Experiment experiment = new Experiment(column.subject());
            List.of(Step.values()).forEach(experiment::perform);
            residues.put(column.subject(), experiment.residue());
        }
        ResidueTable table = new ResidueTable(residues);
        String text = table.format(Format.text, Ansi.OFF).replaceAll("\\s+", " ");
        String markdown = table.format(Format.markdown, Ansi.OFF).replace("`", "");
        JsonArray json =
                JsonParser.parseString(table.format(Format.json, Ansi.OFF)).getAsJsonArray();

        assertThat(json).hasSize(LOGOUTS.size());
        for (Logout logout : LOGOUTS) {
            JsonObject told = json.get(logout.ordinal()).getAsJsonObject();
            Map<String, String> words = new LinkedHashMap<>(
                    Map.of("what the route does", told.get("does").getAsString()));
            for (ResidueColumn line : ResidueColumn.values()) {
                words.put(
                        line.title(),
                        told.getAsJsonObject("residue").get(line.key()).getAsString());
            }
            assertThat(words)
                    .as("%s", logout)
                    .containsExactlyInAnyOrderEntriesOf(
                            ReadmeTable.ofTheReadme().column(logout));
            assertThat(words.values()).allSatisfy(cell -> assertThat(markdown).contains("| " + cell + " |"));
            assertThat(text)
                    .contains(told.getAsJsonObject("residue")
                            .get("setCookie")
                            .getAsString()
                            .split(" ", 2)[0]);
        }
    }

    @Test
    @Order(3)
    void a_run_does_each_step_once_however_often_it_is_asked_for_and_those_before_it_too() {
        ComparisonRun run = new ComparisonRun(stages.columns());

        List<ComparisonRun.Line> first = run.perform(Step.LOG_OUT);
        List<ComparisonRun.Line> again = run.perform(Step.LOG_OUT);

        assertThat(again).isSameAs(first);
        Map.of(Step.LOG_IN, "ada", Step.KEEP_NOTE, "buy milk")
                .forEach((step, seen) -> assertThat(run.perform(step))
                        .singleElement()
                        .satisfies(line -> assertThat(line.cells())
                                .extracting(ComparisonRun.Cell::text)
                                .containsOnly(seen)));
        assertThat(run.perform(Step.REPLAY)).isNotEmpty();
    }

    @Test
    @Order(4)
    void many_runs_at_once_never_mix_their_sessions() throws Exception {
        List<Callable<List<List<String>>>> presenters = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<List<List<String>>>) this::wholeStory)
                .toList();
        ExecutorService room = Executors.newFixedThreadPool(presenters.size());
        try {
            List<List<String>> alone = wholeStory();
            for (var story : room.invokeAll(presenters)) {
                assertThat(story.get()).isEqualTo(alone);
            }
        } finally {
            room.shutdownNow();
        }
    }

    private List<List<String>> wholeStory() {
        ComparisonRun run = new ComparisonRun(stages.columns());
        return List.of(Step.values()).stream()
                .flatMap(step -> run.perform(step).stream())
                .map(line -> line.cells().stream().map(ComparisonRun.Cell::text).toList())
                .toList();
    }

    @Test
    @Order(5)
    void a_stage_that_does_not_answer_is_said_to_be_so_and_the_others_go_on() {
        try (RunningStages others = start()) {
            ComparisonRun run = new ComparisonRun(others.columns());
            run.perform(Step.KEEP_NOTE);
            others.server(Logout.STAGE_3).close();

            List<ComparisonRun.Cell> replies = run.perform(Step.LOG_OUT).get(0).cells();

            assertThat(replies)
                    .extracting(cell -> cell.mark().name())
                    .containsExactly("plain", "plain", "plain", "failed", "plain");
            assertThat(replies.get(3).text()).startsWith("not seen: ");
            assertThat(replies.get(4).text()).isEqualTo("204");
        }
    }

    @Test
    @Order(6)
    void a_single_stage_can_be_chosen() {
        String printed = Captured.output(() -> assertThat(
                        new CommandLine(new SideBySide(QuickAccounts.ALL)).execute("--table=json", "--stage", "4"))
                .isZero());

        assertThat(JsonParser.parseString(printed).getAsJsonArray())
                .singleElement()
                .satisfies(logout -> assertThat(
                                logout.getAsJsonObject().get("subject").getAsString())
                        .isEqualTo("4"));
    }
}
