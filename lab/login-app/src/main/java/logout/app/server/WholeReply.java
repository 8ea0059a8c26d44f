package logout.app.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A reply that is kept back until it is whole.
 *
 * <p>Spark writes a reply and waits until it is gone. Whoever does not read it would hold a thread of the server's for
 * as long. Given the whole, Jetty sends it by itself, and no thread waits.
 */
final class WholeReply extends HttpServletResponseWrapper {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    WholeReply(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Keeping();
    }

    /** Lets Jetty send it, unless it is sent already. Returns at once. */
    void sendBy(Response jetty) {
        if (!isCommitted()) {
            jetty.getHttpOutput().sendContent(ByteBuffer.wrap(body.toByteArray()), Callback.NOOP);
        }
    }

    /** Keeps what is written. Neither to flush nor to close it sends anything. */
    private final class Keeping extends ServletOutputStream {
        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            body.write(bytes, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("What is written is kept at once, there is nothing to wait for.");
        }
    }
}
