package logout.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A stage's folder as a learner reads it, with all that must differ from stage to stage taken out:
 * what is then left is the same as in the stage before, but for the lesson.
 */
public final class StageFolder {

    private static final String LESSON_BEGINS = "// tag::logout[]";
    private static final String LESSON_ENDS = "// end::logout[]";

    private final int number;
    private final Path folder;

    private StageFolder(int number, Path folder) {
        this.number = number;
        this.folder = folder;
    }

    /** The folder of a stage, beside the one in which the tests run. */
    public static StageFolder of(int number) {
        return new StageFolder(number, only(Path.of(".."), "stage-%02d-*".formatted(number)));
    }

    /**
     * The lines of the app class without the logout route between its tags, the imports that it
     * needs, and what names and describes the stage.
     */
    public List<String> appWithoutTheLesson() {
        Path file = only(folder.resolve("src/main/java/logout/stage%02d".formatted(number)), "*App.java");
        String className = file.getFileName().toString().replace(".java", "");
        String source = String.join("\n", lines(file))
                .replaceAll("(?s)" + Pattern.quote(LESSON_BEGINS) + ".*" + Pattern.quote(LESSON_ENDS), "")
                .replaceAll("(?s)new Stage\\(.*?\\);", "new Stage();")
                .replaceAll("(?m)^(package |import |/\\*\\* ).*$", "")
                .replace(className, "App");
        return source.lines().filter(line -> !line.isBlank()).toList();
    }

    /** Of {@link #appWithoutTheLesson()}, the lines that another stage's app does not have. */
    public List<String> linesOfTheAppThatAreNotIn(StageFolder other) {
        List<String> others = other.appWithoutTheLesson();
        return appWithoutTheLesson().stream()
                .filter(line -> !others.contains(line))
                .map(String::strip)
                .toList();
    }

    /** The build file, with the stage's number, folder and class names taken out. */
    public List<String> buildFile() {
        return lines(folder.resolve("pom.xml")).stream()
                .map(line -> line.replace(folder.getFileName().toString(), "FOLDER")
                        .replaceAll("stage0" + number + "\\.\\w+App", "APP")
                        .replaceAll("(?i)stage( |-0?)?" + number, "STAGE")
                        .replaceAll(">" + number + "<", ">NUMBER<")
                        .replaceAll(">" + (number - 1) + "</stage.before>", ">BEFORE</stage.before>")
                        .replaceAll("<name>.*</name>", "<name/>"))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path only(Path folder, String glob) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            assertThat(found).as("%s in %s", glob, folder).hasSize(1);
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
