package logout.app.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

/**
 * A response that goes out when its request has been handled, the session saved. Without it a route could reply by a
 * redirect, an error, a flush or a long body before it is known whether the session store did what the reply reports.
 */
final class DeferredResponse extends HttpServletResponseWrapper {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ServletOutputStream out = new Body();
    private PrintWriter writer;

    /** Whether a route has sent the reply by itself: what Spark would add comes too late. */
    private boolean sent;

    DeferredResponse(HttpServletResponse response) {
        super(response);
    }

    void send() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (body.size() > 0) { // To write nothing fails, too, where the reply has ended already.
            body.writeTo(super.getOutputStream());
        }
        super.getOutputStream().close();
    }

    @Override
    public void sendRedirect(String location) {
        resetBuffer();
        setStatus(SC_FOUND);
        setHeader("Location", location);
        sent = true;
    }

    /** Spark's redirect with a status is an error, too. */
    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        resetBuffer();
        setStatus(status);
        setContentType("text/plain; charset=utf-8");
        out.write(PlainErrorHandler.sentence(status));
        sent = true;
    }

    /** Spark says 200 for a halt() and 404 for a route without a result: too late. Any other status begins another reply. */
    @Override
    public void setStatus(int status) {
        if (sent && status != SC_OK && status != SC_NOT_FOUND) {
            resetBuffer();
        }
        if (!sent) {
            super.setStatus(status);
        }
    }

    @Override
    public boolean isCommitted() {
        return sent || super.isCommitted();
    }

    @Override
    public void flushBuffer() {
        sent = true;
    }

    @Override
    public void resetBuffer() {
        body.reset();
        writer = null;
        sent = false;
    }

    @Override
    public void reset() {
        super.reset();
        resetBuffer();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return out;
    }

    @Override
    public PrintWriter getWriter() {
        if (writer == null) {
            setCharacterEncoding(getCharacterEncoding()); // so that the reply's type names it
            writer = new PrintWriter(out, false, Charset.forName(getCharacterEncoding()));
        }
        return writer;
    }

    private final class Body extends ServletOutputStream {
        @Override
        public void write(int one) {
            body.write(one);
            sent = true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("This reply is written at once.");
        }
    }
}
