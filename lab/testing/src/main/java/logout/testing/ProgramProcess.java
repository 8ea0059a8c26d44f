package logout.testing;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.launcher.DatabaseOption;

/** A program, run as a process of its own. */
public final class ProgramProcess implements AutoCloseable {

    private static final String JAVA = System.getProperty("java.home") + "/bin/java";
    private static final int LIMIT_SECONDS = 60;

    private final Path folder;

    /** What its environment has besides the usual. */
    public final Map<String, String> environment = new HashMap<>();

    public final List<String> javaOptions = new ArrayList<>();

    /** Folders whose classes come before those of this process. */
    public final List<Path> classes = new ArrayList<>();

    private Process process;

    /** One whose output is kept in this folder. */
    public ProgramProcess(Path folder) {
        this.folder = folder;
    }

    public void run(String mainClass, String... arguments) {
        String classPath = Stream.concat(
                        classes.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
        // A short life: no time to optimise for a long one.
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeAll(Set.of(DatabaseOption.VARIABLE, "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it find a command of this name, which does what these lines of a shell say, and else never ends. */
    public void finds(String command, String lines) throws IOException {
        Path script = Files.writeString(
                folder.resolve(command), "#!/bin/sh\n" + lines + "\necho $$ >\"$0.pid\"\nexec sleep 60\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        environment.put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
    }

    /** Waits until that command hangs. */
    public ProcessHandle hanging(String command) {
        until(command + " runs", () -> read(command + ".pid").endsWith("\n"));
        return ProcessHandle.of(Long.parseLong(read(command + ".pid").strip())).orElseThrow();
    }

    /** Waits until it runs, and returns the address in the line of its output that begins in this way. */
    public URI address(String line) {
        until("the program runs", () -> output().contains("Ctrl-C stops."));
        Matcher found =
                Pattern.compile(" *" + line + ".* (http://localhost:\\d+/)").matcher(output());
        assertThat(found.find()).isTrue();
        return URI.create(found.group(1));
    }

    public String output() {
        return read("out");
    }

    public List<String> errors() {
        return read("err").lines().toList();
    }

    private String read(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it politely to end. */
    public void stop() {
        process.destroy();
    }

    /** Ends it at once, as {@code kill -9} does. It cannot tidy up. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    public int exitCode() {
        assertThat(process.onExit()).succeedsWithin(LIMIT_SECONDS, TimeUnit.SECONDS);
        return process.exitValue();
    }

    public void assertEndsWith(int exitCode) {
        assertThat(exitCode()).as(() -> String.join("\n", errors())).isEqualTo(exitCode);
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
