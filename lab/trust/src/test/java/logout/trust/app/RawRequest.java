package logout.trust.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** A request written byte by byte, for what no HTTP client would send. */
final class RawRequest {

    private static final int TIMEOUT_MS = 10_000;

    private final int port;
    private final StringBuilder head;
    private String host;
    private InetAddress server = InetAddress.getLoopbackAddress();

    RawRequest(int port, String method, String target) {
        this.port = port;
        this.head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        this.host = "localhost:" + port;
    }

    /** Says another host than the one that is asked; null for none at all. */
    RawRequest host(String value) {
        host = value;
        return this;
    }

    /** Goes to another loopback address than the usual one. */
    RawRequest at(InetAddress address) {
        server = address;
        return this;
    }

    RawRequest header(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    RawRequest cookie(String value) {
        return header("Cookie", TestStage.COOKIE + "=" + value);
    }

    /** Sends the request without a body, whatever its headers announce, and nothing after it. */
    RawReply send() {
        return send(new byte[0]);
    }

    /** Sends a body of the length that is announced. */
    RawReply send(String contentType, byte[] body) {
        return header("Content-Type", contentType).sendWithoutType(body);
    }

    /** The same, with no word about what the body is. */
    RawReply sendWithoutType(byte[] body) {
        return header("Content-Length", String.valueOf(body.length)).send(body);
    }

    RawReply send(String contentType, String body) {
        return send(contentType, body.getBytes(UTF_8));
    }

    /** Sends a body as one chunk. */
    RawReply sendChunked(String contentType, byte[] body) {
        String text = new String(body, ISO_8859_1);
        return sendInChunks(contentType, Integer.toHexString(body.length) + "\r\n" + text + "\r\n0\r\n\r\n");
    }

    /** Sends these characters, each as one byte, and says that they are chunks. */
    RawReply sendInChunks(String contentType, String chunks) {
        return header("Content-Type", contentType)
                .header("Transfer-Encoding", "chunked")
                .send(chunks.getBytes(ISO_8859_1));
    }

    /**
     * Sends the head only, and returns when the server asks for the body.
     *
     * <p>It asks ({@code 100 Continue}) when it begins to read; by then it has loaded the session.
     */
    InFlight begin(String contentType, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        header("Content-Type", contentType).header("Content-Length", String.valueOf(bytes.length));
        header("Expect", "100-continue");
        try {
            InFlight inFlight = new InFlight(connect(), bytes);
            inFlight.socket.getOutputStream().write(headBytes());
            assertThat(inFlight.readLine()).startsWith("HTTP/1.1 100 ");
            assertThat(inFlight.readLine()).isEmpty();
            return inFlight;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawReply send(byte[] body) {
        try (Socket socket = connect()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(headBytes());
            all.writeBytes(body);
            socket.getOutputStream().write(all.toByteArray());
            socket.shutdownOutput();
            return RawReply.parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(server, port);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private byte[] headBytes() {
        String hostLine = host == null ? "" : "Host: " + host + "\r\n";
        return (head + hostLine + "Connection: close\r\n\r\n").getBytes(ISO_8859_1);
    }

    /** A request that the server has begun to handle, and whose body is yet to come. */
    static final class InFlight implements AutoCloseable {
        private final Socket socket;
        private final byte[] body;

        private InFlight(Socket socket, byte[] body) {
            this.socket = socket;
            this.body = body;
        }

        /** Sends the body. */
        RawReply finish() {
            try {
                socket.getOutputStream().write(body);
                return RawReply.parse(socket.getInputStream().readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String readLine() throws IOException {
            StringBuilder line = new StringBuilder();
            int next = socket.getInputStream().read();
            while (next != '\n' && next != -1) {
                line.append((char) next);
                next = socket.getInputStream().read();
            }
            return line.toString().strip();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
