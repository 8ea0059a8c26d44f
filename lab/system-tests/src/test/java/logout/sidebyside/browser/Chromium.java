package logout.sidebyside.browser;

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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium with a profile of its own. It asks nobody but this machine for anything. */
final class Chromium {

    /** A name of another site, for pages that this machine serves. */
    static final String FOREIGN_HOST = "elsewhere.example";

    private static final String HOW_TO_GET_ONE = "Debian: apt-get install chromium chromium-driver. Elsewhere: put both"
            + " on the PATH, or name them in the environment variables CHROMIUM and CHROMEDRIVER.";

    /** Maven shows nobody why a test was skipped. This goes past it. */
    private static final PrintStream TERMINAL =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    private static boolean reasonIsTold;

    /** Those that no test class uses at the moment. */
    private static final Deque<Chromium> FREE = new ArrayDeque<>();

    /** Selenium warns of each Chromium that is newer than itself; what these tests use has no version. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final Path profile;
    private final ChromeDriver driver;
    private final List<ProcessHandle> processes;

    private Chromium(File browser, File driver) throws IOException {
        SELENIUM.setLevel(Level.SEVERE);
        this.profile = Files.createTempDirectory("chromium-");
        List<ProcessHandle> others = ProcessHandle.current().descendants().toList();
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .usingAnyFreePort()
                .build();
        this.driver = new ChromeDriver(service, options(browser));
        this.processes = ProcessHandle.current()
                .descendants()
                .filter(process -> !others.contains(process))
                .toList();
    }

    /**
     * One that nobody else uses until it is given back. It ends with the process. Where none can be started see
     * {@link #start}.
     */
    static synchronized Chromium borrow() {
        if (FREE.isEmpty()) {
            Chromium another = start();
            Runtime.getRuntime().addShutdownHook(new Thread(another::close, "close Chromium"));
            return another;
        }
        return FREE.pop();
    }

    /** Lets the next test class have it. */
    void giveBack() {
        synchronized (Chromium.class) {
            FREE.push(this);
        }
    }

    /** Starts one. Where there is none the test is skipped, but for in CI: there it fails. */
    private static Chromium start() {
        Optional<File> browser = find("CHROMIUM", List.of("chromium", "chromium-browser", "google-chrome", "chrome"));
        Optional<File> driver = find("CHROMEDRIVER", List.of("chromedriver"));
        if (browser.isEmpty() || driver.isEmpty()) {
            String reason = "There is no " + (browser.isEmpty() ? "Chromium" : "ChromeDriver") + ". " + HOW_TO_GET_ONE;
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(reason);
            }
            if (!reasonIsTold) {
                TERMINAL.println("The tests in a real browser are skipped. " + reason);
                reasonIsTold = true;
            }
            return abort(reason);
        }
        try {
            return new Chromium(browser.get(), driver.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Without asking the driver: when a process ends, Selenium ends the driver at the same time, and Chromium would stay. */
    private void close() {
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        try (Stream<Path> files = Files.walk(profile)) {
            files.map(Path::toFile).sorted((a, b) -> b.compareTo(a)).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<File> find(String variable, List<String> names) {
        String named = System.getenv(variable);
        Stream<Path> candidates = named != null
                ? Stream.of(Path.of(named))
                : names.stream()
                        .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, name)));
        return candidates.filter(Files::isExecutable).map(Path::toFile).findFirst();
    }

    private ChromeOptions options(File browser) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser);
        // Debian's Chromium blocks all cookies of third parties: what SameSite does would not show.
        options.setExperimentalOption("prefs", Map.of("profile.cookie_controls_mode", 0));
        options.addArguments(
                "--headless=new",
                // A container's root may not make Chromium's sandbox. The pages are this project's own.
                "--no-sandbox",
                "--disable-gpu",
                // One process less for each picture of a page to go through.
                "--in-process-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // Nothing is tested of movement, and drawing it takes a processor time.
                "--force-prefers-reduced-motion",
                // What takes time is to draw: the smaller, the quicker. The size of a page is set for each tab.
                "--window-size=300,200",
                "--user-data-dir=" + profile,
                "--remote-allow-origins=" + DevTools.ORIGIN,
                "--host-resolver-rules=MAP " + FOREIGN_HOST + " 127.0.0.1");
        return options;
    }
}
