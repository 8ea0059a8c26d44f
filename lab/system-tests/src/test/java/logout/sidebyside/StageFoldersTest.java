package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With all taken out that must differ from stage to stage, what a learner reads is the same as in the stage before. */
@DisplayName("The folder of a stage")
class StageFoldersTest {

    @ParameterizedTest(name = "stage {0}")
    @ValueSource(ints = {3, 4})
    void has_an_app_of_which_only_the_lesson_differs(int stage) throws IOException {
        assertThat(app(stage)).isEqualTo(app(stage - 1));
    }

    @Test
    void has_from_stage_2_on_a_single_page_in_place_of_a_plain_site() throws IOException {
        List<String> before = app(1);
        List<String> now = app(2);

        assertThat(before)
                .filteredOn(line -> !now.contains(line))
                .containsExactly(
                        "spark.get(\"/\", app.page(\"home.ftlh\"));",
                        "spark.get(\"/profile\", app.personalPage(\"profile.ftlh\"));",
                        "spark.post(\"/login\", app.logInThenProfile(\"home.ftlh\"));",
                        "spark.post(\"/note\", app.saveNoteThenProfile(\"profile.ftlh\"));");
        assertThat(now)
                .filteredOn(line -> !before.contains(line))
                .containsExactly(
                        "spark.get(\"/\", app.page(\"single-page.ftlh\"));",
                        "spark.post(\"/api/login\", app::logIn);",
                        "spark.put(\"/api/note\", app::saveNote);");
    }

    @ParameterizedTest(name = "stage {0}")
    @ValueSource(ints = {2, 3, 4})
    void has_a_build_file_in_which_only_the_names_differ(int stage) throws IOException {
        assertThat(buildFile(stage)).isEqualTo(buildFile(stage - 1));
    }

    /** Without the logout route between its tags, the imports that it needs, and what names and describes the stage. */
    private static List<String> app(int stage) throws IOException {
        Path file = only(folder(stage).resolve("src/main/java/logout/stage0" + stage), "*App.java");
        return Files.readString(file)
                .replaceAll("(?s)// tag::logout.*// end::logout\\[]", "")
                .replaceAll("(?s)new Stage\\(.*?\\);", "new Stage();")
                .replaceAll("(?m)^(package |import |/\\*\\* ).*$", "")
                .replace(file.getFileName().toString().replace(".java", ""), "App")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String buildFile(int stage) throws IOException {
        return Files.readString(folder(stage).resolve("pom.xml"))
                .replace(folder(stage).getFileName().toString(), "FOLDER")
                .replaceAll("stage0" + stage + "\\.\\w+App", "APP")
                .replaceAll("(?i)stage( |-0?)?" + stage, "STAGE")
                .replaceAll(">" + stage + "<", ">NUMBER<")
                .replaceAll(">" + (stage - 1) + "</stage.before>", ">BEFORE</stage.before>")
                .replaceAll("<name>.*</name>", "<name/>");
    }

    private static Path folder(int stage) throws IOException {
        return only(Path.of("../.."), "stage-0" + stage + "-*");
    }

    private static Path only(Path folder, String glob) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
            return assertThat(files.filter(file -> matcher.matches(file.getFileName())))
                    .as(glob)
                    .singleElement()
                    .actual();
        }
    }
}
