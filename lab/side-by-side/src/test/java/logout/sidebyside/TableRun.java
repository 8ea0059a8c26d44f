package logout.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import logout.testing.Captured;
import logout.testing.QuickAccounts;
import picocli.CommandLine;

/** The program of the command line, run in the test's own process. */
public final class TableRun {

    private TableRun() {}

    /** What it prints to the standard output. */
    public static String inThisProcess(String... arguments) {
        return Captured.output(() -> assertThat(new CommandLine(new SideBySide(QuickAccounts.ALL)).execute(arguments))
                .as("exit status")
                .isZero());
    }
}
