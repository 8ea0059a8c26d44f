package logout.trust.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** Sends a server bytes as they are, for what no HTTP client would send, and takes down what comes back. */
record Wire(int port) {

    /** What may take longer than this, in milliseconds, hangs. */
    private static final int TIMEOUT_MS = 20_000;

    private Socket connect() {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MS);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends these characters, each as one byte, and nothing after them.
     *
     * @return all that is replied until the server closes the connection; nothing where it resets it
     */
    Reply send(String request) {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new Reply(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Not answered within " + TIMEOUT_MS + " ms:\n" + request, e);
        } catch (SocketException e) {
            // The server hung up in the middle, as it may.
            return new Reply("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
