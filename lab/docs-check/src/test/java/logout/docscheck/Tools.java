package logout.docscheck;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine that the pages use: bash, curl, git. */
final class Tools {

    private static final int LIMIT_SECONDS = 60;

    /** Maven shows nobody why a test was skipped. This goes past it. */
    private static final PrintStream TERMINAL =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    private static final Set<String> REPORTED = new HashSet<>();

    private Tools() {}

    /** Where one of them is missing the test is skipped, but for in CI: there it fails. */
    static void require(String... names) {
        for (String name : names) {
            if (!isOnThePath(name)) {
                refuse("There is no " + name + " on the PATH, so what the pages show of it cannot be checked.");
            }
        }
    }

    private static boolean isOnThePath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
                .anyMatch(Files::isExecutable);
    }

    private static void refuse(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        if (REPORTED.add(reason)) {
            TERMINAL.println(reason);
        }
        abort(reason);
    }

    /**
     * Runs a program to its end, with an empty input.
     *
     * @param environment is added to that of this process
     * @return what it printed, standard output and errors together, with plain line ends
     */
    static String run(Path folder, Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile("printed", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            await(process, command[0]);
            String printed = Files.readString(output);
            Files.delete(output);
            return printed.replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process process, String name) {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(name + " did not end within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + name, e);
        }
    }
}
