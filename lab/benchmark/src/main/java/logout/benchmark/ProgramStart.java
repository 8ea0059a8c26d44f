package logout.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One start of a program's jar: how long until its pages answer, and how much memory it holds then.
 *
 * @param millis from the command to the last byte of the last page's first reply
 * @param megabytes resident memory right after that, in units of 1,000,000 bytes
 */
record ProgramStart(double millis, double megabytes) {

    /** The Java that runs this process. */
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+/");
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double KILOBYTES_PER_MEGABYTE = 1_000 / 1.024;

    /**
     * Starts it, asks for its pages, looks at its memory, and stops it.
     *
     * @param pages how many addresses it prints
     */
    static ProgramStart of(Path jar, int pages) throws IOException {
        long began = System.nanoTime();
        Process program = new ProcessBuilder(JAVA, "-jar", jar.toString(), "--port", "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            for (int seen = 0; seen < pages; ) {
                String line = out.readLine();
                if (line == null) {
                    throw new IOException(jar.getFileName() + " ended before it answered.");
                }
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    ask(URI.create(address.group()));
                    seen++;
                }
            }
            double millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
            return new ProgramStart(millis, residentMegabytes(program.pid()));
        } finally {
            program.destroyForcibly().onExit().join();
        }
    }

    private static void ask(URI page) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
        connection.getInputStream().readAllBytes();
    }

    /** As {@code ps} has it; 0 where there is none. */
    private static double residentMegabytes(long pid) throws IOException {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return Double.parseDouble(kilobytes) / KILOBYTES_PER_MEGABYTE;
        } catch (IOException e) {
            return 0;
        }
    }
}
