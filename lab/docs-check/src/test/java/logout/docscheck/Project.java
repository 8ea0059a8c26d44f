package logout.docscheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's files, by their paths from its root. */
final class Project {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern BUILT = Pattern.compile("(^|/)(target|node_modules)/");

    private Project() {}

    static Path path(String name) {
        return ROOT.resolve(name).normalize();
    }

    static String nameOf(Path path) {
        return ROOT.relativize(path).toString().replace('\\', '/');
    }

    static List<String> lines(String name) {
        try {
            return Files.readAllLines(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(String name, List<String> lines) {
        try {
            Files.writeString(path(name), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files below a folder whose names end so, in order, without what a build makes or npm installs. None where there is no such folder. */
    static List<String> filesBelow(String folder, String ending) {
        if (!Files.isDirectory(path(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(Project::nameOf)
                    .filter(name ->
                            name.endsWith(ending) && !BUILT.matcher(name).find())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stages' folders, in the order of the story. */
    static List<String> stageFolders() {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.filter(Files::isDirectory)
                    .map(Project::nameOf)
                    .filter(name -> name.startsWith("stage-0"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
