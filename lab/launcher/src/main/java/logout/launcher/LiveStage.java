package logout.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import logout.app.Stage;

/**
 * Takes the saved edits of a stage's source while the stage runs: sessions, rows and the panel's history stay, and no
 * request is lost. A mistake stops nothing.
 */
public final class LiveStage implements AutoCloseable {

    /** Milliseconds between two looks at the times of a few files. (The JDK's own watching takes ten seconds on macOS.) */
    private static final long PAUSE_MS = 150;

    private final StageWithPanel running;
    private final StageSource source;
    private final SourceCompiler compiler = new SourceCompiler();
    private final Thread thread = new Thread(this::watch, "live stage");

    /** The files whose templates are beside the classes. */
    private Set<Path> copied;

    private LiveStage(StageWithPanel running, StageSource source) {
        this.running = running;
        this.source = source;
    }

    /** Watches the source of a running stage from now on; nothing, where there is no source or no compiler. */
    public static Optional<LiveStage> watch(StageWithPanel running) {
        return StageSource.of(running.server().stage()).flatMap(source -> watch(running, source));
    }

    /** The same with the source in this folder, a copy of the stage's own. */
    public static Optional<LiveStage> watch(StageWithPanel running, Path module) {
        return watch(running, new StageSource(module, running.server().stage().number()));
    }

    private static Optional<LiveStage> watch(StageWithPanel running, StageSource source) {
        LiveStage live = new LiveStage(running, source);
        return live.compiler.isThere() ? Optional.of(live.started()) : Optional.empty();
    }

    private LiveStage started() {
        running.panel().code().follow(source);
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void watch() {
        Map<Path, List<Long>> taken = source.files();
        copied = taken.keySet();
        Map<Path, List<Long>> last = taken;
        try {
            while (true) {
                Thread.sleep(PAUSE_MS);
                Map<Path, List<Long>> now = source.files();
                // An editor may write a file in pieces: it is taken when two looks find it the same.
                if (now.equals(last) && !now.equals(taken) && !now.isEmpty()) {
                    taken = now;
                    take(now.keySet());
                }
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Set<Path> files) {
        String problem = null;
        try {
            source.checkTemplates(files);
            Stage edited = edited(files);
            running.server().replace(edited);
            source.copyTemplates(copied, files);
            // Again, because style sheets and scripts are read when the routes are added.
            running.server().replace(edited);
            copied = files;
        } catch (SourceCompiler.MistakeException e) {
            problem = e.getMessage();
        } catch (IOException | RuntimeException e) {
            problem = "The edited stage could not be made: " + e.getMessage();
        }
        running.panel().code().edited(problem);
        System.out.println(
                problem == null
                        ? "  Stage " + source.number() + ": the edit is taken."
                        : "  Stage " + source.number() + " goes on as it was. " + problem);
    }

    private Stage edited(Set<Path> files) throws IOException {
        Path app = source.app();
        List<Path> java =
                files.stream().filter(file -> file.toString().endsWith(".java")).toList();
        try {
            Class<?> edited = compiler.compile(source.module().resolve("src/main/java"), java, app);
            return (Stage) edited.getField("STAGE").get(null);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SourceCompiler.MistakeException(app.getFileName() + " makes no stage: " + cause + ".");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
