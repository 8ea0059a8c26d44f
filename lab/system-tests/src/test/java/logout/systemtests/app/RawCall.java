package logout.systemtests.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;

/** A request to the test stage, on a connection of its own that ends with it. */
final class RawCall {

    private final int port;
    private RawRequest request;
    private InetAddress server = InetAddress.getLoopbackAddress();

    RawCall(int port, String method, String target) {
        this.port = port;
        request = RawRequest.of(method, target).host("localhost:" + port).with("Connection: close");
    }

    /** Says another host than the one that is asked; null for none at all. */
    RawCall host(String value) {
        request = request.without("Host");
        return value == null ? this : header("Host", value);
    }

    /** Goes to another loopback address than the usual one. */
    RawCall at(InetAddress address) {
        server = address;
        return this;
    }

    RawCall header(String name, String value) {
        request = request.with(name + ": " + value);
        return this;
    }

    RawCall cookie(String value) {
        return header("Cookie", TestStage.COOKIE + "=" + value);
    }

    /** Sends the request as it is, whatever its headers announce, and nothing after it. */
    RawReply send() {
        try (RawConnection connection = new RawConnection(server, port)) {
            return connection.send(request).end().reply();
        }
    }

    /** Sends a body of the length that is announced. */
    RawReply send(String contentType, byte[] body) {
        request = request.body(contentType, text(body));
        return send();
    }

    RawReply send(String contentType, String body) {
        return send(contentType, body.getBytes(UTF_8));
    }

    /** Sends a body of the length that is announced, with no word about what it is. */
    RawReply sendWithoutType(byte[] body) {
        request = request.with("Content-Length: " + body.length).body(text(body));
        return send();
    }

    /** Sends a body as one chunk. */
    RawReply sendChunked(String contentType, byte[] body) {
        return sendInChunks(contentType, Integer.toHexString(body.length) + "\r\n" + text(body) + "\r\n0\r\n\r\n");
    }

    /** Sends these characters, each as one byte, and says that they are chunks. */
    RawReply sendInChunks(String contentType, String chunks) {
        request = request.with("Content-Type: " + contentType)
                .with("Transfer-Encoding: chunked")
                .body(chunks);
        return send();
    }

    /** Sends the head only, and returns when the server asks for the body. By then it has loaded the session. */
    RawConnection begin(String contentType, String body) {
        return new RawConnection(server, port).begin(request.body(contentType, body));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
