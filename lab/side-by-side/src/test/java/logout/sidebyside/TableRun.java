package logout.sidebyside;

import logout.testing.CapturedOutput;
import logout.testing.QuickAccounts;
import picocli.CommandLine;

/** The program of the command line, run in the test's own process. */
public final class TableRun {

    private TableRun() {}

    /** What it prints to the standard output. */
    public static String inThisProcess(String... arguments) {
        try (CapturedOutput printed = CapturedOutput.begin()) {
            int status = new CommandLine(new SideBySide(QuickAccounts.ALL)).execute(arguments);
            if (status != 0) {
                throw new AssertionError("It ended with status " + status + ".");
            }
            return printed.text();
        }
    }
}
