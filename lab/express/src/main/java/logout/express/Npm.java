package logout.express;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The folder with the JavaScript, and what npm installs there on first use. */
final class Npm {

    private static final int OLDEST_NODE = 20;
    private static final long ANSWER_SECONDS = 9;
    private static final long INSTALL_SECONDS = 300;
    private static final String FOLDER = "lab/express";
    private static final String LOCK = "package-lock.json";
    private static final String HOW_TO_GET_NODE =
            " Install Node.js " + OLDEST_NODE + " or newer with npm, and try again.";

    private Npm() {}

    /**
     * The folder, once everything is installed in it.
     *
     * @param said is told what takes long
     * @throws ExpressUnavailableException where Node.js, npm, the source or the network is missing
     */
    static synchronized Path installed(Consumer<String> said) throws ExpressUnavailableException {
        Path folder = folder();
        checkNode();
        Path installed = folder.resolve("node_modules/.package-lock.json");
        try {
            if (!Files.exists(installed) || isOlder(installed, folder.resolve(LOCK))) {
                said.accept("Installing Express with npm, in " + FOLDER + "; this is done once …");
                install(folder);
            }
        } catch (IOException e) {
            throw new ExpressUnavailableException("Express cannot be installed: there is no npm." + HOW_TO_GET_NODE);
        }
        return folder;
    }

    private static boolean isOlder(Path one, Path other) throws IOException {
        return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) < 0;
    }

    private static void install(Path folder) throws IOException, ExpressUnavailableException {
        // Without a network npm tries for minutes. So it is asked for one small package first, and only once.
        if (!ends(npm(folder, "pack", "inherits", "--dry-run", "--fetch-retries=0"), ANSWER_SECONDS)
                || !ends(npm(folder, "ci"), INSTALL_SECONDS)) {
            throw new ExpressUnavailableException("Express could not be installed: npm did not get its packages."
                    + " Is there a network? `npm ci` in " + FOLDER + " says more.");
        }
    }

    private static Process npm(Path folder, String... arguments) throws IOException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, windows ? "npm.cmd" : "npm");
        command.add("--prefer-offline");
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void checkNode() throws ExpressUnavailableException {
        String version = "of unknown version";
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            if (ends(node, ANSWER_SECONDS)) {
                version = new String(node.getInputStream().readAllBytes()).strip();
            }
        } catch (IOException e) {
            throw new ExpressUnavailableException(
                    "Express needs Node.js, and there is no `node` here." + HOW_TO_GET_NODE);
        }
        String major = version.replaceFirst("^v", "").replaceFirst("\\..*", "");
        if (!major.matches("\\d{1,4}") || Integer.parseInt(major) < OLDEST_NODE) {
            throw new ExpressUnavailableException("This Node.js is " + version + "." + HOW_TO_GET_NODE);
        }
    }

    /** Whether it ends well by itself within these seconds. Otherwise, and where this thread is interrupted, it is killed. */
    private static boolean ends(Process process, long seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return false;
    }

    /** Beside this class, wherever that was built. */
    private static Path folder() throws ExpressUnavailableException {
        try {
            Path at = Path.of(Npm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path above = at; above != null; above = above.getParent()) {
                if (Files.exists(above.resolve(FOLDER).resolve(LOCK))) {
                    return above.resolve(FOLDER);
                }
            }
        } catch (URISyntaxException e) {
            // It is nowhere, as below.
        }
        throw new ExpressUnavailableException(
                "Express runs from the source only: start this program inside the project's folder.");
    }
}
