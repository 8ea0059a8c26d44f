package logout.exercises;

import static logout.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logout.app.account.DemoAccount;
import logout.experiment.Call;
import logout.experiment.CookieJar;
import logout.experiment.HttpUser;
import logout.experiment.PageProtocol;
import logout.testing.ProgramProcess;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A live exercise, as a program of its own on a copy of the exercises")
class LiveExerciseTest {

    @TempDir
    private Path folder;

    private Path module;
    private Path file;

    @AutoClose
    private ProgramProcess program;

    @BeforeEach
    void copy_the_exercises() throws IOException {
        module = folder.resolve("docs/exercises");
        file = module.resolve("src/main/java/logout/exercises/DestroyTheSession.java");
        program = new ProgramProcess(folder);
        Path root = Path.of("../..").toRealPath();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "{docs,stage-0*}")) {
            for (Path from : folders) {
                try (Stream<Path> all = Files.walk(from)) {
                    for (Path one :
                            all.filter(LiveExerciseTest::isOfTheExercises).toList()) {
                        Path copy = folder.resolve(root.relativize(one).toString());
                        Files.createDirectories(copy.getParent());
                        Files.copy(one, copy);
                    }
                }
            }
        }
    }

    private static boolean isOfTheExercises(Path file) {
        return Files.isRegularFile(file) && !file.toString().contains("surefire");
    }

    private void start(String... arguments) {
        program.classes.add(module.resolve("target/classes"));
        program.run("logout.exercises.check.LiveExercise", arguments);
    }

    private String output() {
        return program.output() + String.join("\n", program.errors());
    }

    private void says(String words) {
        until("the program says: " + words, () -> output().contains(words));
    }

    private void save(String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }

    private HttpUser newUser() {
        Matcher address = Pattern.compile("http://localhost:\\d+/").matcher(output());
        assertThat(address.find()).isTrue();
        return new HttpUser(URI.create(address.group()), "test", new CookieJar());
    }

    private String page(String method, String path) throws IOException {
        return newUser().send(Call.of(method, path)).body();
    }

    @Test
    void says_at_each_save_what_is_not_yet_so_until_it_is_solved_and_goes_on() throws Exception {
        start("4", "--port", "0");
        says("Exercise 4, destroy the session");
        says("Not yet. Set-Cookie for the session cookie: one: a new id (the deletion is overwritten)");
        assertThat(page("GET", "/lab/exercise")).contains("so which line begins one?", "session.invalidate();");

        save("Sessions.renew(request);", "Sessions.renew(request)");
        says("What ran before goes on. DestroyTheSession.java, line");
        assertThat(page("GET", "/lab/exercise")).contains("\"kind\":\"mistake\"", "DestroyTheSession.java, line 14:");
        save("Sessions.renew(request)", "Session session = null; session.invalidate();");
        says("at logout.exercises.DestroyTheSession.");
        says("reply: 500");
        assertThat(program.errors().stream().filter(line -> line.startsWith("\tat ")))
                .isNotEmpty()
                .allMatch(line -> line.contains("logout.exercises."));
        save("session = null; ", "session = request.session(false); if (session != null) ");
        says("  Solved.  (");
        String solved = Files.readString(file);
        assertThat(page("GET", "/lab/exercise")).contains("\"kind\":\"solved\"");

        assertThat(page("POST", "/lab/exercise?number=1")).contains("\"number\":1");
        says("Exercise 1, redirect only");
        assertThat(page("GET", "/"))
                .as("an app that is a site, and all that the lab panel fills in")
                .contains("Redirect only", "action=\"/login\"", "id=\"lab-problem\"");
        HttpUser ada = newUser();
        DemoAccount account = DemoAccount.ALL.get(0);
        ada.logIn(PageProtocol.CLASSIC, account.name(), account.password());
        assertThat(ada.send(Call.of("POST", "/lab/slow-save")).statusCode())
                .as("the panel saves as the page of exercise 1 does, which is a site")
                .isEqualTo(202);
        assertThat(page("POST", "/lab/exercise?number=14")).contains("There is no such exercise.");
        says("Not yet. GET /logout, reply: 404");
        assertThat(file).content().as("no request changes a file").isEqualTo(solved);
    }

    @Test
    void says_what_may_be_asked_for() throws Exception {
        assertEnds(0, "--port=N", "--help");
        assertEnds(2, "There is no exercise 99: there are 1 to 13, and list. See --help.", "99");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEnds(1, "Choose another with -Dexec.args=", "4", "--port", String.valueOf(taken.getLocalPort()));
        }
        assertEnds(1, "Not yet. Set-Cookie for the session cookie", "--check", "4");
    }

    private void assertEnds(int status, String words, String... arguments) {
        start(arguments);
        program.assertEndsWith(status);
        assertThat(output()).contains(words);
    }
}
