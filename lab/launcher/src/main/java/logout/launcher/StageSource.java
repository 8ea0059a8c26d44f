package logout.launcher;

import freemarker.template.Configuration;
import freemarker.template.Template;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.panel.RouteSource;
import logout.panel.StageCode;

/**
 * The source of a stage that was started from its source.
 *
 * @param module the stage's folder
 * @param number the stage's number
 */
record StageSource(Path module, int number) implements StageCode.Source {

    private static final String RESOURCES = "src/main/resources";
    private static final String TARGET = "target/classes";

    /** The source of a stage; none where it runs from a jar, or is made up. */
    static Optional<StageSource> of(Stage stage) {
        URL built = StageSource.class.getResource(stage.folder() + "/source/now.java");
        if (built == null || !built.getProtocol().equals("file")) {
            return Optional.empty();
        }
        String file = Path.of(URI.create(built.toString())).toString().replace('\\', '/');
        int end = file.lastIndexOf("/" + TARGET + "/");
        StageSource source = new StageSource(Path.of(file.substring(0, Math.max(0, end))), stage.number());
        return end > 0 && Files.isRegularFile(source.app()) ? Optional.of(source) : Optional.empty();
    }

    /** The file of the app class. */
    Path app() {
        return app(module, number, "now");
    }

    /** The file of a stage's app class: the build has put the class's text beside the classes of this stage. */
    private Path app(Path folder, int of, String built) {
        String text = RouteSource.resource("/logout/stage0" + number + "/source/" + built + ".java");
        return folder.resolve("src/main/java/logout/stage0" + of).resolve(RouteSource.file(text == null ? "" : text));
    }

    private static Path only(Path folder, String glob) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            return files.iterator().next();
        } catch (IOException | RuntimeException e) {
            return folder.resolve("none");
        }
    }

    /**
     * All its files, and the templates and style sheets that all stages share, with the time of their last change, in milliseconds
     * since 1970, and their length in bytes; none where a look fails.
     */
    Map<Path, List<Long>> files() {
        Map<Path, List<Long>> files = new HashMap<>();
        try {
            for (Path root : roots().filter(Files::isDirectory).toList()) {
                try (Stream<Path> all = Files.walk(root)) {
                    for (Path file : (Iterable<Path>) all.filter(StageSource::isSource)::iterator) {
                        files.put(file, List.of(Files.getLastModifiedTime(file).toMillis(), Files.size(file)));
                    }
                }
            }
            return files;
        } catch (IOException | RuntimeException e) {
            // Somebody is just replacing a file; the next look finds it.
            return Map.of();
        }
    }

    /** Editors keep files of their own there, whose names begin with a dot. */
    private static boolean isSource(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
    }

    private Stream<Path> roots() {
        return Stream.concat(
                Stream.of(module.resolve("src/main")), modules().skip(1).map(shared -> shared.resolve(RESOURCES)));
    }

    private Stream<Path> modules() {
        return Stream.of(module, module.resolveSibling("lab/login-app"), module.resolveSibling("lab/lab-panel"));
    }

    /** Fails where one of these files is a template that cannot be read. */
    void checkTemplates(Set<Path> files) throws IOException {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        for (Path file : files) {
            if (file.toString().endsWith(".ftlh")) {
                new Template(file.getFileName().toString(), SourceCompiler.text(file), configuration);
            }
        }
    }

    /** Puts the templates where the build puts them, so that they are found; takes away those that are gone. */
    void copyTemplates(Set<Path> before, Set<Path> files) throws IOException {
        Set<Path> all = new HashSet<>(before);
        all.addAll(files);
        for (Path shared : modules().toList()) {
            Path resources = shared.resolve(RESOURCES);
            for (Path file : all) {
                if (file.startsWith(resources)) {
                    copy(file, shared.resolve(TARGET).resolve(resources.relativize(file)));
                }
            }
        }
    }

    private static void copy(Path file, Path copy) throws IOException {
        if (!Files.exists(file)) {
            Files.deleteIfExists(copy);
        } else if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
            Files.createDirectories(copy.getParent());
            // In one step: a page that is asked for meanwhile must find one or the other.
            Path whole = Files.createTempFile(copy.getParent(), "template", null);
            Files.copy(file, whole, StandardCopyOption.REPLACE_EXISTING);
            Files.move(whole, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public String chapter() {
        String chapter = "docs/" + module.getFileName() + ".md";
        return Files.exists(module.resolveSibling(chapter)) ? chapter : null;
    }

    @Override
    public String now() throws IOException {
        return SourceCompiler.text(app());
    }

    @Override
    public String before() throws IOException {
        Path folder = only(module.getParent(), "stage-0" + (number - 1) + "-*");
        Path app = app(folder, number - 1, "before");
        return Files.isRegularFile(app) ? SourceCompiler.text(app) : null;
    }

    @Override
    public Optional<String> committed() {
        String file = "HEAD:./" + module.relativize(app()).toString().replace('\\', '/');
        try {
            // Not over a pipe: whoever reads one waits until its other end is closed, however long that takes.
            Path text = Files.createTempFile("committed", null);
            try {
                return show(file, text) ? Optional.of(Files.readString(text)) : Optional.empty();
            } finally {
                Files.delete(text);
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private boolean show(String file, Path to) throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "show", file)
                .directory(module.toFile())
                .redirectOutput(to.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0;
        } finally {
            git.destroyForcibly();
        }
    }
}
