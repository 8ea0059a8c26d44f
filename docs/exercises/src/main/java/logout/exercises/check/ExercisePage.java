package logout.exercises.check;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The page of an exercise in the docs, and the files that it is about. */
public record ExercisePage(Exercise exercise) {

    static final Path MODULE = module();
    static final Path ROOT = MODULE.getParent().getParent();
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");
    private static final Pattern TAGGED = Pattern.compile("(?s)// tag::\\w+\\[]\\R(.*?)[ ]*// end::");

    private static Path module() {
        try {
            var source = ExercisePage.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The chapter of a stage, as Markdown. */
    static String chapter(int stage) throws IOException {
        return Files.readString(only(MODULE.getParent(), "stage-0" + stage + "-*.md"));
    }

    private static Path only(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            return files.iterator().next();
        }
    }

    /** The folder of the packages. */
    static Path sources() {
        return MODULE.resolve("src/main/java");
    }

    /** The file that the learner edits. */
    public Path file() {
        return sources().resolve(exercise.file().getName().replace('.', '/') + ".java");
    }

    /** The same from the root of the project. */
    String path() {
        return ROOT.relativize(file()).toString().replace('\\', '/');
    }

    /** All of it, as Markdown. */
    public String text() throws IOException {
        String name = "%02d-%s.md".formatted(exercise.number(), exercise.title().replace(' ', '-'));
        return Files.readString(MODULE.resolve(name));
    }

    /** All of it, for a browser that cannot follow its links: they lead to other files. */
    String html() throws IOException {
        String text = LINK.matcher(text()).replaceAll("$1");
        return HtmlRenderer.builder().build().render(Parser.builder().build().parse(text));
    }

    /** The routes that solve it: those of a stage, or ours. */
    public String solution() throws IOException {
        String ours = "docs/exercises/src/test/java/logout/exercises/solutions/" + file().getFileName();
        Path source = exercise.number() > Exercise.TO_BUILD ? ROOT.resolve(ours) : stage();
        Matcher tagged = TAGGED.matcher(Files.readString(source));
        return tagged.find() ? tagged.group(1).stripTrailing().stripIndent() : "";
    }

    private Path stage() throws IOException {
        String number = "stage0" + exercise.number();
        Path stage = only(ROOT, "stage-0" + exercise.number() + "-*");
        return only(stage.resolve("src/main/java/logout").resolve(number), "*App.java");
    }
}
