package logout.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.app.web.Pages;

/**
 * The source of a stage that runs. A saved edit of it, or of the templates, scripts and style sheets that all stages share, is
 * taken as a whole: sessions, rows and the panel's history stay, and no request is lost. A mistake stops nothing.
 */
public abstract class LiveSource {

    /** Where a module has its packages. */
    protected static final String JAVA = "src/main/java";

    /** Milliseconds between two looks at the times of a few files. (The JDK's own watching takes ten seconds on macOS.) */
    private static final long PAUSE_MS = 150;

    private final StageWithPanel running;
    private final String app;
    private final List<Path> modules;
    private final List<Path> roots;
    private Map<Path, List<Long>> taken = Map.of();

    /**
     * A source of which nothing is taken yet.
     *
     * @param app the file of the class that makes the stage
     * @param java the same, or a folder: all that is compiled
     * @param module the folder of the module
     * @param root the folder of the project
     */
    protected LiveSource(StageWithPanel running, Path app, Path java, Path module, Path root) {
        this.running = running;
        String name = module.resolve(JAVA).relativize(app).toString();
        this.app = name.replaceFirst("\\.java$", "").replace(File.separatorChar, '.');
        modules = List.of(module, root.resolve("lab/login-app"), root.resolve("lab/lab-panel"));
        roots = Stream.concat(Stream.of(java), modules.stream().map(LiveSource::resources))
                .toList();
    }

    /** Makes the stage of the class that was compiled. */
    protected abstract Stage stage(Class<?> edited) throws IOException, ReflectiveOperationException;

    /** An edit was taken, and its class runs; or it was not, because of a mistake, and what ran goes on. */
    protected abstract void took(Class<?> edited, String mistake);

    /** Runs an edited form of the stage. Where that fails, what ran goes on. */
    protected void replace(Stage edited) {
        running.server().replace(edited);
    }

    /** Has each of the sources that are given at a look take what was saved, until the thread is interrupted. */
    public static Thread watch(Supplier<List<LiveSource>> sources) {
        Thread thread = new Thread(() -> watchAll(sources), "live edits");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void watchAll(Supplier<List<LiveSource>> sources) {
        Map<Path, List<Long>> last = Map.of();
        try {
            while (true) {
                Thread.sleep(PAUSE_MS);
                List<LiveSource> watched = sources.get();
                Map<Path, List<Long>> now = files(watched.stream().flatMap(source -> source.roots.stream()));
                // An editor may write a file in pieces: it is taken when two looks find it the same.
                if (now.equals(last) && !now.isEmpty()) {
                    watched.forEach(source -> source.take(now));
                }
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The files there, with the time of their last change, in milliseconds since 1970, and their length in bytes; none where a
     * look fails.
     */
    private static Map<Path, List<Long>> files(Stream<Path> roots) {
        Map<Path, List<Long>> files = new HashMap<>();
        try {
            for (Path root : roots.filter(Files::exists).collect(Collectors.toSet())) {
                try (Stream<Path> all = Files.walk(root)) {
                    for (Path file : (Iterable<Path>) all.filter(LiveSource::isSource)::iterator) {
                        files.put(file, List.of(Files.getLastModifiedTime(file).toMillis(), Files.size(file)));
                    }
                }
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            // Somebody is just replacing a file; the next look finds it.
            return Map.of();
        }
    }

    /** Editors keep files of their own there, whose names begin with a dot. */
    private static boolean isSource(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
    }

    private static Path resources(Path module) {
        return module.resolve("src/main/resources");
    }

    /** What is there now is what runs. */
    protected final void isTaken() {
        taken = files(roots.stream());
    }

    /** Takes what was saved since the last time, if anything was; {@code all} may hold other sources, too. */
    private void take(Map<Path, List<Long>> all) {
        Map<Path, List<Long>> now = new HashMap<>(all);
        now.keySet().removeIf(file -> roots.stream().noneMatch(file::startsWith));
        if (now.equals(taken)) {
            return;
        }
        taken = now;
        Class<?> edited = null;
        String mistake = null;
        try {
            edited = taken(now.keySet());
        } catch (IOException e) {
            mistake = e.getMessage();
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            mistake = app + " makes no stage: " + (e.getCause() == null ? e : e.getCause()) + ".";
        }
        took(edited, mistake);
    }

    private Class<?> taken(Set<Path> files) throws IOException, ReflectiveOperationException {
        Pages pages = new Pages();
        for (Path file : files) {
            check(file, pages);
        }
        List<Path> sources =
                files.stream().filter(file -> file.toString().endsWith(".java")).toList();
        Class<?> edited = SourceCompiler.compile(sources, app);
        Stage stage = stage(edited);
        replace(stage);
        copy(files);
        // Again, because style sheets and scripts are read when the routes are added.
        replace(stage);
        return edited;
    }

    private static void check(Path file, Pages pages) throws IOException {
        String name = file.getFileName().toString();
        if (name.matches(".*\\.(java|ftlh|js|css)")) {
            try {
                String text = Files.readString(file);
                if (name.endsWith(".ftlh")) {
                    pages.check(name, text);
                }
            } catch (CharacterCodingException e) {
                throw new IOException(name + " is not UTF-8.", e);
            }
        }
    }

    /** Puts templates, scripts and style sheets where the build puts them, so that they are found. */
    private void copy(Set<Path> files) throws IOException {
        for (Path module : modules) {
            Path resources = resources(module);
            for (Path file : files) {
                if (file.startsWith(resources)) {
                    copy(file, module.resolve("target/classes").resolve(resources.relativize(file)));
                }
            }
        }
    }

    private static void copy(Path file, Path copy) throws IOException {
        if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
            Files.createDirectories(copy.getParent());
            // In one step: a page that is asked for meanwhile must find one or the other.
            Path whole = Files.createTempFile(copy.getParent(), "template", null);
            Files.copy(file, whole, StandardCopyOption.REPLACE_EXISTING);
            Files.move(whole, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
