package logout.sidebyside;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program of the command line, run in the test's own process. */
final class TableRun {

    private TableRun() {}

    /** What it prints to the standard output. */
    static String inThisProcess(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            int status = new CommandLine(new SideBySide()).execute(arguments);
            if (status != 0) {
                throw new AssertionError("It ended with status " + status + ".");
            }
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
