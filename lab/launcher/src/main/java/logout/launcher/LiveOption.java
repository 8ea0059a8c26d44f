package logout.launcher;

import java.util.List;
import picocli.CommandLine.Option;

/** The option of a program whether stages take saved edits while they run. */
public final class LiveOption {

    @Option(names = "--no-watch", description = "Do not take saved edits of the source while it runs.")
    private boolean off;

    /** Lets these stages take the edits of their source, where they have one; says so on the standard error stream. */
    public void watch(List<StageWithPanel> running) {
        if (off) {
            return;
        }
        List<StageSource> live = SourceCompiler.isThere()
                ? running.stream().flatMap(StageSource::of).toList()
                : List.of();
        if (!live.isEmpty()) {
            LiveEdits.watch(() -> live);
        }
        String missing = SourceCompiler.isThere()
                ? "its source is not beside its classes."
                : "this Java has no compiler (a JDK has).";
        System.err.println(
                live.isEmpty()
                        ? "  Edits are not taken while it runs: " + missing
                        : "  A saved edit of a stage's src/main is taken while it runs.");
    }
}
