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
        long live = running.stream()
                .filter(stage -> LiveStage.watch(stage).isPresent())
                .count();
        String missing = new SourceCompiler().isThere()
                ? "its source is not beside its classes."
                : "this Java has no compiler (a JDK has).";
        System.err.println(
                live > 0
                        ? "  A saved edit of a stage's src/main is taken while it runs."
                        : "  Edits are not taken while it runs: " + missing);
    }
}
