package logout.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import logout.launcher.DatabaseOption;

/**
 * One start of a program.
 *
 * @param millis from the command to the last byte of the first page
 * @param megabytes resident memory right after that, in units of 1,000,000 bytes; NaN where there is no {@code ps}
 */
record ProgramStart(double millis, double megabytes) {

    /** The Java that runs this process. */
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Starts a stage by a command in the project's folder, asks for its page, looks at its memory, and stops it. */
    static ProgramStart of(String command, Path root) throws IOException {
        ProcessBuilder builder = new ProcessBuilder((command + " --port 0").split(" ")).directory(root.toFile());
        builder.command().set(0, JAVA);
        builder.environment().remove(DatabaseOption.VARIABLE);
        long began = System.nanoTime();
        Process program = builder.redirectErrorStream(true).start();
        try (BufferedReader output = program.inputReader()) {
            String address = output.lines()
                    .filter(line -> line.contains("http://localhost:"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("`" + command + "` ended before it answered."))
                    .replaceFirst(".*(http://localhost:\\d+/).*", "$1");
            URI.create(address).toURL().openStream().readAllBytes();
            double millis = (System.nanoTime() - began) / 1e6;
            return new ProgramStart(millis, megabytes(program.pid()));
        } finally {
            program.destroyForcibly().onExit().join();
        }
    }

    private static double megabytes(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", "" + pid).start();
            return Double.parseDouble(ps.inputReader().readLine()) * 1024 / 1e6;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
