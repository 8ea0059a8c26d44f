package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import logout.app.Stage;
import logout.experiment.Experiment;
import logout.experiment.Observation;
import logout.experiment.ResidueColumn;
import logout.experiment.Step;
import logout.experiment.StoredSession;
import logout.launcher.DatabaseOption;
import logout.testing.QuickAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The experiment, side by side")
@ResourceLock(Resources.SYSTEM_OUT)
class SideBySideTest {

    private static final List<Logout> LOGOUTS = List.of(Logout.values());
    private static final List<Stage> STAGES =
            LOGOUTS.stream().map(Logout::stage).distinct().toList();

    private RunningStages stages;

    @BeforeEach
    void the_stages_run() {
        stages = RunningStages.start(STAGES, 0, new DatabaseOption(), QuickAccounts.ALL, server -> {});
    }

    @AfterEach
    void the_stages_stop() {
        stages.close();
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void observes_the_residue_that_the_readme_has(Logout logout) throws Exception {
        Experiment experiment = new Experiment(logout.of(stages.running(logout.stage())));
        for (Step step : Step.values()) {
            experiment.perform(step);
        }

        Map<String, String> readme = ReadmeTable.ofTheReadme().column(logout);
        assertThat(readme.remove("what the route does")).isEqualTo(logout.effect());
        assertThat(words(experiment.residue())).containsExactlyInAnyOrderEntriesOf(readme);
    }

    private static Map<String, String> words(Map<ResidueColumn, Observation> residue) {
        return residue.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().title(),
                        entry -> entry.getValue().inWords()));
    }

    @Test
    @Order(2)
    void logs_in_and_keeps_the_note_for_real_before_it_logs_out() throws Exception {
        Experiment experiment = new Experiment(Logout.STAGE_4.of(stages.running(Logout.STAGE_4.stage())));
        experiment.perform(Step.LOG_IN);
        experiment.perform(Step.KEEP_NOTE);

        StoredSession row = experiment.session(experiment.cookie());
        assertThat(row.user()).isEqualTo("ada");
        assertThat(row.note()).isEqualTo("buy milk");
    }

    @Test
    @Order(3)
    void a_run_does_each_step_once_however_often_it_is_asked_for_and_those_before_it_too() {
        ComparisonRun run = newRun();

        List<ComparisonRun.Line> first = run.perform(Step.LOG_OUT);
        List<ComparisonRun.Line> again = run.perform(Step.LOG_OUT);
        List<ComparisonRun.Line> login = run.perform(Step.LOG_IN);

        assertThat(again).isSameAs(first);
        assertThat(login)
                .singleElement()
                .satisfies(line -> assertThat(line.cells())
                        .extracting(ComparisonRun.Cell::text)
                        .containsOnly("ada"));
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

    private ComparisonRun newRun() {
        return new ComparisonRun(LOGOUTS.stream()
                .map(logout -> LogoutColumn.of(stages.running(logout.stage()), logout))
                .toList());
    }

    private List<List<String>> wholeStory() {
        ComparisonRun run = newRun();
        return List.of(Step.values()).stream()
                .flatMap(step -> run.perform(step).stream())
                .map(line -> line.cells().stream().map(ComparisonRun.Cell::text).toList())
                .toList();
    }

    @Test
    @Order(5)
    void a_stage_that_does_not_answer_is_said_to_be_so_and_the_others_go_on() {
        ComparisonRun run = newRun();
        run.perform(Step.KEEP_NOTE);
        stages.server(Logout.STAGE_3.stage()).close();

        List<ComparisonRun.Cell> replies = run.perform(Step.LOG_OUT).get(0).cells();

        assertThat(replies)
                .extracting(cell -> cell.mark().name())
                .containsExactly("plain", "plain", "plain", "failed", "plain");
        assertThat(replies.get(3).text()).startsWith("not seen: ");
        assertThat(replies.get(4).text()).isEqualTo("204");
    }

    @Test
    @Order(6)
    void the_table_says_the_same_as_text_as_markdown_and_as_json() {
        String text = TableRun.inThisProcess("--table").replaceAll("\\s+", " ");
        String markdown = TableRun.inThisProcess("--table=markdown").replace("`", "");
        JsonArray json =
                JsonParser.parseString(TableRun.inThisProcess("--table=json")).getAsJsonArray();

        assertThat(json).hasSize(LOGOUTS.size());
        assertThat(text).doesNotContain("\u001b");
        for (JsonElement logout : json) {
            JsonObject residue = logout.getAsJsonObject().getAsJsonObject("residue");
            assertThat(residue.keySet()).hasSize(ResidueColumn.values().length);
            for (String key : residue.keySet()) {
                assertThat(markdown).contains("| " + residue.get(key).getAsString() + " |");
            }
            assertThat(text).contains(residue.get("setCookie").getAsString().split(" ", 2)[0]);
        }
    }

    @Test
    @Order(7)
    void a_single_stage_can_be_chosen() {
        JsonArray json = JsonParser.parseString(TableRun.inThisProcess("--table=json", "--stage", "4"))
                .getAsJsonArray();

        assertThat(json)
                .singleElement()
                .satisfies(logout -> assertThat(
                                logout.getAsJsonObject().get("subject").getAsString())
                        .isEqualTo("4"));
    }
}
