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

    static String text(String name) {
        return String.join("\n", lines(name));
    }

    static List<String> lines(String name) {
        try {
            return Files.readAllLines(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files below a folder whose names end so, in order, without what a build makes or npm installs. */
    static List<String> filesBelow(String folder, String ending) {
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
        String[] names = ROOT.toFile().list((root, name) -> name.startsWith("stage-0"));
        return Stream.of(names).sorted().toList();
    }
}
