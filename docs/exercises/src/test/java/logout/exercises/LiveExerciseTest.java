package logout.exercises;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A live exercise, as a program of its own on a copy of the exercises")
class LiveExerciseTest {

    @TempDir
    private Path folder;

    private Path file;
    private Process process;

    @BeforeEach
    void exercise_1_runs() throws IOException {
        copy(Path.of("src/main"), folder.resolve("src/main"));
        copy(Path.of("target/classes"), folder.resolve("target/classes"));
        Files.copy(Path.of("01-the-note-stays.md"), folder.resolve("01-the-note-stays.md"));
        Files.copy(Path.of("02-not-found-after-all.md"), folder.resolve("02-not-found-after-all.md"));
        file = folder.resolve("src/main/java/logout/exercises/TheNoteStays.java");
        String classPath = System.getProperty("java.class.path")
                .replace(
                        Path.of("target/classes").toAbsolutePath().toString(),
                        folder.resolve("target/classes").toString());
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dexercise.port=0",
                        "-cp",
                        classPath,
                        "logout.exercises.check.LiveExercise",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(one).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(one, copy);
            }
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void says(String words) {
        until("the program says: " + words, () -> output().contains(words));
    }

    private void save(String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }

    private void press(String key) throws IOException {
        OutputStream keys = process.getOutputStream();
        keys.write((key + "\n").getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    @Test
    void says_what_is_left_behind_at_each_save_until_it_is_solved_gives_a_hint_and_goes_on() throws Exception {
        says("Exercise 1, the note stays");
        says("Not yet. A copy of the old cookie still reads the note");

        press("h");
        says("The note is only one thing that a session may hold.");

        save("session.removeAttribute(Sessions.USER);", "session.removeAttribute(Sessions.USER)");
        says("What ran before goes on. TheNoteStays.java, line");
        save(
                "session.removeAttribute(Sessions.USER)",
                "session.removeAttribute(Sessions.USER);session.removeAttribute(Sessions.NOTE);");
        says("a basket with apples");
        save("session.removeAttribute(Sessions.USER);", "session = null; session.removeAttribute(Sessions.USER);");
        says("at logout.exercises.TheNoteStays.");
        until("the verdict is there", () -> output().contains("This app has a fault") || output().contains("500"));
        assertThat(output().lines().filter(line -> line.startsWith("\tat ")).toList())
                .isNotEmpty()
                .allMatch(line -> line.contains("logout.exercises."));
        save("session = null; ", "");
        save("session.removeAttribute(Sessions.USER);", "session.invalidate();");
        save("session.removeAttribute(Sessions.NOTE);", "");
        says("Solved. Forgetting the user is not a logout.");

        press("n");
        says("Exercise 2, not found after all");
        press("q");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
