package logout.docscheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logout.app.Stage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Ports and cookies in the pages")
class AddressesTest {

    private static final Pattern PORT = Pattern.compile("(?:localhost|127\\.0\\.0\\.1):(\\d+)|\\b(457\\d)\\b");
    private static final Pattern CHOSEN_PORT = Pattern.compile("--port (\\d+)");
    private static final Pattern COOKIE = Pattern.compile("\\b(stage-\\w+\\.sid)\\b");
    private static final Set<String> COOKIES =
            Stages.all().stream().map(stage -> stage.sessionCookie().name()).collect(Collectors.toSet());

    @Order(1)
    @TestFactory
    Stream<DynamicTest> are_those_that_a_stage_has() {
        Set<String> ports = Stream.concat(
                        // The comparison page's, that of the exercises, next to the stages', and that of a reader's own
                        // app.
                        Stream.of(Stage.BASE_PORT, Stage.BASE_PORT + Stage.COUNT + 1, 8080),
                        Stages.all().stream().map(Stage::defaultPort))
                .map(String::valueOf)
                .collect(Collectors.toSet());
        return Page.each(page -> {
            Set<String> chosen = chosenPorts(page);
            return problems(
                    page,
                    PORT,
                    port -> ports.contains(port) || chosen.contains(port),
                    "is no stage's port, nor the comparison page's or the exercises', and no command here takes it with --port");
        });
    }

    /** Where the commands of this page make a stage listen. */
    private static Set<String> chosenPorts(Page page) {
        return page.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> block.content().stream())
                .flatMap(line -> CHOSEN_PORT.matcher(line).results())
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    @Order(2)
    @TestFactory
    Stream<DynamicTest> are_its_own_on_the_page_of_a_stage() {
        return Page.each(page -> page.stage()
                .map(number -> problems(
                        page,
                        PORT,
                        port -> Set.of(
                                        String.valueOf(Stage.BASE_PORT),
                                        String.valueOf(Stages.of(number).defaultPort()))
                                .contains(port),
                        "is not the port of stage " + number + ", which this page is about"))
                .orElse(List.of()));
    }

    @Order(3)
    @TestFactory
    Stream<DynamicTest> of_cookies_have_the_names_that_the_stages_give_them() {
        return Page.each(page -> problems(page, COOKIE, COOKIES::contains, "is no stage's session cookie"));
    }

    /** Another number would be another host, which the apps refuse. */
    @Order(4)
    @Test
    void are_forwarded_by_the_dev_container_under_the_same_numbers() {
        JsonObject container = JsonParser.parseString(
                        String.join("\n", Project.lines(".devcontainer/devcontainer.json")))
                .getAsJsonObject();
        Map<String, String> labels = new TreeMap<>();
        container.getAsJsonObject("portsAttributes").entrySet().forEach(port -> {
            JsonObject attributes = port.getValue().getAsJsonObject();
            assertThat(attributes.get("requireLocalPort").getAsBoolean())
                    .as(port.getKey())
                    .isTrue();
            labels.put(port.getKey(), attributes.get("label").getAsString());
        });

        Map<String, String> expected = new TreeMap<>(Map.of(
                String.valueOf(Stage.BASE_PORT), "Comparison page",
                String.valueOf(Stage.BASE_PORT + Stage.COUNT + 1), "Exercise"));
        Stages.all()
                .forEach(stage -> expected.put(
                        String.valueOf(stage.defaultPort()), "Stage " + stage.number() + ": " + stage.title()));
        assertThat(labels).isEqualTo(expected);
        assertThat(container.getAsJsonArray("forwardPorts"))
                .extracting(JsonElement::getAsString)
                .containsExactlyElementsOf(expected.keySet());
    }

    /** What the pattern finds on the page and nobody has. */
    private static List<String> problems(Page page, Pattern pattern, Predicate<String> isRight, String problem) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < page.lines().size(); i++) {
            String place = page.name() + ":" + (i + 1) + ": ";
            pattern.matcher(page.lines().get(i))
                    .results()
                    .map(result -> IntStream.rangeClosed(1, result.groupCount())
                            .mapToObj(result::group)
                            .filter(group -> group != null)
                            .findFirst()
                            .orElseThrow())
                    .filter(isRight.negate())
                    .forEach(found -> problems.add(place + found + " " + problem));
        }
        return problems;
    }
}
