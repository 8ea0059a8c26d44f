package logout.exercises.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of an exercise in the docs, and the file that the learner edits.
 *
 * @param module the folder of the exercises
 */
record ExercisePage(Path module, Exercise<?> exercise) {

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");

    static ExercisePage of(Exercise<?> exercise) {
        try {
            Path classes = Path.of(ExercisePage.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new ExercisePage(classes.getParent().getParent(), exercise);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file that the learner edits. */
    Path file() {
        return sources().resolve(exercise.file().getName().replace('.', '/') + ".java");
    }

    /** The folder of the packages. */
    Path sources() {
        return module.resolve("src/main/java");
    }

    String goal() {
        return section("## Goal\\s+(.*?)\\n## ");
    }

    String hint() {
        return section("<summary>Hint</summary>\\s+(.*?)</details>");
    }

    String takeAway() {
        return section("## Take away\\s+(.*?)\\n\\n");
    }

    /** Without what is Markdown: for a terminal, and for a page. */
    private String section(String pattern) {
        String name = Path.of(exercise.page()).getFileName().toString();
        try {
            Matcher section = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(module.resolve(name)));
            return section.find()
                    ? LINK.matcher(section.group(1)).replaceAll("$1").strip().replaceAll("\\s+", " ")
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings the file back as Git has it. */
    boolean putBack() {
        try {
            Process git = new ProcessBuilder("git", "checkout", "--", file().toString())
                    .directory(module.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return git.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
