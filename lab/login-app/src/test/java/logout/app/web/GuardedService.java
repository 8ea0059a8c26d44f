package logout.app.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import logout.app.Stage;
import spark.Service;

/** A service behind the guards of one port that is reached through another: not everybody may listen on the first. */
final class GuardedService {

    private final Service spark = Service.ignite().ipAddress("127.0.0.1").port(0);

    /** Starts it, and waits until it answers. */
    GuardedService(int guardedPort, Map<String, String> environment) {
        Guards guards = new Guards(spark, guardedPort, environment);
        spark.post("/", (request, response) -> "done");
        spark.exception(
                HttpError.class,
                (e, request, response) -> Replies.error(request, response, e.status(), e.getMessage()));
        guards.learnRoutes(spark, Stage.LOGOUTS);
        spark.awaitInitialization();
    }

    /** The reply to a POST with this Host and these header lines. */
    String post(String host, String headers) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: %s\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), spark.port())) {
            socket.getOutputStream().write(head.formatted(host, headers).getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    void stop() {
        spark.stop();
        spark.awaitStop();
    }
}
