package logout.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the stages write to their log, which goes to the standard error stream. */
public final class CapturedLog {

    private CapturedLog() {}

    /** The log of what happens meanwhile. No other test may capture it at the same time. */
    public static String during(Runnable effect) {
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            effect.run();
        } finally {
            System.setErr(err);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
