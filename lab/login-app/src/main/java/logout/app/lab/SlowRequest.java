package logout.app.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

/**
 * A request that the server has begun to handle and whose body is yet to come: a save in flight.
 *
 * <p>It asks for {@code 100 Continue}, which Jetty sends when the app begins to read the body. By then
 * it has loaded the session. So a test knows when to log out meanwhile, and need not wait blindly.
 */
public final class SlowRequest implements AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final BufferedReader in;
    private final String body;

    private SlowRequest(Socket socket, String body) throws IOException {
        this.socket = socket;
        this.body = body;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    /**
     * Sends a request without its body, and waits until the app asks for it.
     *
     * @param headers the headers, without those about the body
     * @param body what comes when the request is told to finish
     */
    public static SlowRequest begin(URI address, String method, String path, Map<String, String> headers, String body) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        head.append("Host: ").append(address.getAuthority()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
        head.append("Expect: 100-continue\r\nConnection: close\r\n\r\n");
        try {
            Socket socket = new Socket(address.getHost(), address.getPort());
            try {
                socket.setSoTimeout(TIMEOUT_MS);
                SlowRequest request = new SlowRequest(socket, body);
                request.send(head.toString());
                request.expect("HTTP/1.1 100 ");
                return request;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the body, and returns the status of the reply. */
    public int finish() {
        try {
            send(body);
            String line = in.readLine();
            while (line != null && line.isEmpty()) {
                line = in.readLine();
            }
            if (line == null) {
                throw new IOException("The connection ended without a reply.");
            }
            return Integer.parseInt(line.split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    private void expect(String start) throws IOException {
        String line = in.readLine();
        if (line == null || !line.startsWith(start)) {
            throw new IOException("Expected " + start + "… but the server said: " + line);
        }
    }
}
