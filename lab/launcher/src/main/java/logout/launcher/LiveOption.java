package logout.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of a program on what its stages do while they run. */
public final class LiveOption {

    @Option(names = "--no-watch", description = "Do not take saved edits of the source while it runs.")
    private boolean off;

    @Option(names = "--train", hidden = true, description = "Show one page, and end: for the archive of the classes.")
    private boolean isTraining;

    /**
     * Runs these stages until Ctrl-C (or a polite kill), then closes all in their order. Does not return, unless the build only
     * wants to know which classes a first page takes.
     */
    public void run(List<StageWithPanel> stages, List<? extends AutoCloseable> all) {
        if (isTraining) {
            stages.forEach(LiveOption::visit);
            Terminal.closeAll(all);
            return;
        }
        if (!off) {
            watch(stages);
        }
        Terminal.awaitStop(all);
    }

    private static void visit(StageWithPanel stage) {
        try (InputStream page = stage.server().address().toURL().openStream()) {
            page.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void watch(List<StageWithPanel> stages) {
        if (!SourceCompiler.isThere()) {
            System.err.println("  Edits are not taken while it runs: this Java has no compiler (a JDK has).");
            return;
        }
        List<LiveSource> live = stages.stream().flatMap(StageSource::of).toList();
        if (live.isEmpty()) {
            System.err.println("  Edits are not taken while it runs: its source is not beside its classes.");
        } else {
            LiveSource.watch(() -> live);
            System.err.println("  A saved edit of a stage's src/main is taken while it runs.");
        }
    }
}
