package logout.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * What the check printed of an app, and its exit status.
 *
 * @param output what it printed, the errors included
 */
record Checked(int status, String output) {

    /** Checks the app that these lines describe. */
    static synchronized Checked by(Path folder, String description, String... options) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "app", ".conf"), description);
        String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = file.toString();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            int status = new CommandLine(new CheckCommand()).execute(arguments);
            return new Checked(status, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
