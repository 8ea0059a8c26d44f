package logout.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What this process prints meanwhile, which does not reach the terminal. No other test may capture the same at the same time. */
public final class Captured {

    private Captured() {}

    /** To its standard output. */
    public static String output(Runnable effect) {
        return during(effect, System.out, System::setOut);
    }

    /** To its standard error, where the stages' log goes. */
    public static String log(Runnable effect) {
        return during(effect, System.err, System::setErr);
    }

    private static String during(Runnable effect, PrintStream usual, Consumer<PrintStream> use) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        use.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            effect.run();
        } finally {
            use.accept(usual);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
