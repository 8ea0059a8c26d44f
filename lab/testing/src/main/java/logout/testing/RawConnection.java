package logout.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to a stage, on which a test writes a request piece by piece: so it decides what happens in between, and
 * sees whether a reply is there yet.
 */
public final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MS = 20_000;

    private final String host;
    private final Socket socket;
    private final InputStream in;

    /** The body of the request that has been begun. */
    private String heldBack = "";

    /** Connects to the stage at this address, and names it in each request. */
    public RawConnection(URI address) {
        this(InetAddress.getLoopbackAddress(), address.getPort(), address.getAuthority());
    }

    /** Connects to a port of one of this machine's addresses. Requests say what they say of the host. */
    public RawConnection(InetAddress server, int port) {
        this(server, port, null);
    }

    private RawConnection(InetAddress server, int port, String host) {
        this.host = host;
        try {
            socket = new Socket(server, port);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a whole request on a connection of its own, and returns the reply. */
    public static RawReply exchange(URI address, RawRequest request) {
        try (RawConnection connection = new RawConnection(address)) {
            return connection.send(request).reply();
        }
    }

    /** Sends a whole request. */
    public RawConnection send(RawRequest request) {
        return write(named(request).toString());
    }

    private RawRequest named(RawRequest request) {
        return host == null ? request : request.host(host);
    }

    /**
     * Sends a request without its body, and waits until the stage asks for it. By then it has loaded the session.
     *
     * <p>The stage asks when it begins to read the body ({@code 100 Continue}), which it does for every request that
     * may change something.
     */
    public RawConnection begin(RawRequest request) {
        write(named(request).with("Expect: 100-continue").head());
        heldBack = request.body();
        RawReply interim = reply();
        if (interim.status() != 100) {
            throw new AssertionError("Not asked for the body, but answered: " + interim);
        }
        return this;
    }

    /** Sends the body of the request that has been begun, and returns the reply. */
    public RawReply finish() {
        return write(heldBack).reply();
    }

    /** Sends these characters, each as one byte. */
    public RawConnection write(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether anything has come that is not read yet. */
    public boolean hasReply() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next reply. */
    public RawReply reply() {
        try {
            int status = Integer.parseInt(line().split(" ", 3)[1]);
            List<String> headers = new ArrayList<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                headers.add(line);
            }
            return new RawReply(status, headers, body(new RawReply(status, headers, "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Says that no more will be sent, and returns all that comes until the other side closes the connection.
     *
     * @return bytes, each as one character
     * @throws IOException where the other side breaks the connection off, or does not answer in time
     */
    public String everything() throws IOException {
        end();
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** Says that no more will be sent. */
    public RawConnection end() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String body(RawReply head) throws IOException {
        if (head.headers("Transfer-Encoding").contains("chunked")) {
            return chunks();
        }
        List<String> length = head.headers("Content-Length");
        if (length.isEmpty()) {
            return head.headers("Connection").contains("close") ? text(Integer.MAX_VALUE) : "";
        }
        return text(Integer.parseInt(length.get(0)));
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        int length;
        do {
            length = Integer.parseInt(line(), 16);
            body.append(text(length));
            line();
        } while (length > 0);
        return body.toString();
    }

    private String text(int length) throws IOException {
        return new String(in.readNBytes(length), UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The connection ended in the middle of a reply.");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
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
