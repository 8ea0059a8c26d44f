package logout.systemtests.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.app.Stage;
import logout.sidebyside.SideBySide;

/** All four stages in a process of their own, as someone starts them on a command line: a server that can be killed. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern STAGE_LINE = Pattern.compile("\\s*Stage (\\d) .*(http://localhost:\\d+/)");
    private static final int TIMEOUT_SECONDS = 30;

    private final Process process;
    private final Map<Integer, URI> addresses = new HashMap<>();

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts it on the database at this JDBC address, and waits until all stages answer. */
    static ServerProcess start(String databaseAddress) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder command = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SideBySide.class.getName(),
                        "--port",
                        "0",
                        "--database",
                        databaseAddress)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            ServerProcess server = new ServerProcess(command.start());
            server.readAddresses();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAddresses() throws IOException {
        // Not closed here: the process is to find its output open as long as it runs.
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        while (addresses.size() < Stage.COUNT) {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("The server ended before all stages answered.");
            }
            Matcher stage = STAGE_LINE.matcher(line);
            if (stage.matches()) {
                addresses.put(Integer.parseInt(stage.group(1)), URI.create(stage.group(2)));
            }
        }
    }

    /** Where this stage answers. */
    URI address(Stage stage) {
        return addresses.get(stage.number());
    }

    /** Ends the process at once, as {@code kill -9} does. It cannot tidy up. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The server survived being killed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
