package logout.sidebyside.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import logout.app.Stage;
import logout.experiment.StoredSession;
import logout.testing.RunningStage;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A stage that a test starts, on a free port and with a fresh session store, and that can be stopped,
 * started again and hindered meanwhile. It ends with the test.
 *
 * <p>Register it with {@code @RegisterExtension}.
 */
final class LiveStage implements AfterEachCallback {

    private final HttpClient someoneElse = HttpClient.newHttpClient();
    private RunningStage running;

    /** Stage 1 runs beside it, as far as it knows. */
    void standsBesideStage1(String address) {
        running.server().linkTo(Map.of("1", address));
    }

    void start(Stage stage) {
        running = RunningStage.of(stage).start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (running != null) {
            running.close();
        }
    }

    /** The stage, to change its session store behind its back. */
    RunningStage running() {
        return running;
    }

    Stage stage() {
        return running.stage();
    }

    URI address() {
        return running.address();
    }

    URI address(String path) {
        return running.address().resolve(path);
    }

    String cookieName() {
        return stage().sessionCookie().name();
    }

    /** The rows of the session store, oldest first. */
    List<StoredSession> rows() {
        return running.rows();
    }

    /** From now on nothing answers. The session store stays as it is. */
    void stop() {
        running.stop();
    }

    /** Answers again, at the same address and with the same session store. */
    void startAgain() {
        running.startAgain();
    }

    /** From now on the session store fails. */
    void breakStore() {
        running.database().close();
    }

    /** Drops every row, as if every session had run out. */
    void emptyStore() {
        running.empty();
    }

    /** Makes the rows look as if they had last been used and saved an hour ago: so the next use is saved. */
    void letAnHourPass() {
        running.letAnHourPass();
    }

    boolean isPlainSite() {
        return stage().number() == 1;
    }

    /** What the stage answers to somebody who sends this session cookie, or none where it is null. */
    HttpResponse<String> ask(String method, String path, String cookie) {
        return ask(method, path, cookie, "");
    }

    /** Logs grace in from another browser, and returns her session cookie's value. */
    String graceLogsInElsewhere() {
        String login = isPlainSite() ? "/login" : "/api/login";
        HttpResponse<String> reply = ask("POST", login, null, "username=grace&password=nanoseconds");
        String cookie = reply.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }

    private HttpResponse<String> ask(String method, String path, String cookie, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path))
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        if (cookie != null) {
            request.header("Cookie", cookieName() + "=" + cookie);
        }
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        try {
            return someoneElse.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The stage does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted.", e);
        }
    }
}
