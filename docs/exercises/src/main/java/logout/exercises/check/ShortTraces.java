package logout.exercises.check;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints stack traces down to the learner's own line: what is below it is Spark's and Jetty's, and helps nobody. */
final class ShortTraces extends PrintStream {

    private static final String FRAME = "\tat ";
    private static final String OWN = FRAME + "logout.exercises.";

    private boolean isCut;

    private ShortTraces(OutputStream out) {
        super(out, true, StandardCharsets.UTF_8);
    }

    /** From now on, for this program. What the store logs where a check lets it fail helps nobody either: it is left out. */
    static void print() {
        System.setProperty("org.slf4j.simpleLogger.log.logout.app.session", "off");
        System.setErr(new ShortTraces(System.err));
    }

    /** Java prints each line of a trace by this. */
    @Override
    public void println(Object line) {
        String text = String.valueOf(line).replace("\tat app//", FRAME);
        isCut = isCut && text.startsWith(FRAME);
        if (!isCut) {
            super.println(text);
        }
        isCut = isCut || text.startsWith(OWN);
    }
}
