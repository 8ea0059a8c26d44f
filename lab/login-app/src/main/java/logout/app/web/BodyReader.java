package logout.app.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.EndPoint;
import spark.Request;

/**
 * Reads the bodies of one server's requests: each once, up to a limit of bytes and of time.
 *
 * <p>Whoever sends a body slowly holds a thread of the server's for as long. A body that is there already is simply
 * read; of the others only so many are waited for that threads remain for everybody else.
 */
final class BodyReader {

    /** The longest body that is read, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    /** For how many bodies the server waits at once: half of its threads. */
    private static final int MAX_WAITING = 32;

    private static final int BUFFER_BYTES = 8 * 1024;

    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final Duration patience;

    /**
     * Reads the bodies of a server that has read none yet.
     *
     * @param patience how long each is waited for, from its first byte to its last
     */
    BodyReader(Duration patience) {
        this.patience = patience;
    }

    /**
     * The body of a request.
     *
     * @throws HttpError 413 where it is longer than {@link #MAX_BYTES}, 408 where it does not come in time, 503 where
     *     too many others are waited for
     */
    byte[] read(Request request) {
        if (request.raw().getContentLengthLong() > MAX_BYTES) {
            throw tooLong();
        }
        // Jetty's own request: Spark's wrapper reads all there is before it hands out a byte.
        var jetty = org.eclipse.jetty.server.Request.getBaseRequest(request.raw());
        EndPoint connection = jetty.getHttpChannel().getEndPoint();
        try (InputStream in = jetty.getInputStream()) {
            return isThere(request, in) ? in.readAllBytes() : await(in, connection);
        } catch (IOException e) {
            throw new HttpError(408, "The request's body did not arrive whole.");
        }
    }

    private static boolean isThere(Request request, InputStream in) throws IOException {
        boolean chunked = request.headers("Transfer-Encoding") != null;
        return !chunked && in.available() >= request.raw().getContentLengthLong();
    }

    private byte[] await(InputStream in, EndPoint connection) throws IOException {
        if (!waiting.tryAcquire()) {
            throw new HttpError(503, "Too many requests are slow to arrive. Try again.");
        }
        long idleTimeout = connection.getIdleTimeout();
        try {
            return readInTime(in, connection);
        } finally {
            connection.setIdleTimeout(idleTimeout);
            waiting.release();
        }
    }

    /** Shortens the time that the connection may be idle to what is left: drop by drop does not buy more. */
    private byte[] readInTime(InputStream in, EndPoint connection) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read != -1; read = in.read(buffer)) {
            body.write(buffer, 0, read);
            if (body.size() > MAX_BYTES) {
                throw tooLong();
            }
            connection.setIdleTimeout(millisUntil(deadline));
        }
        return body.toByteArray();
    }

    private static long millisUntil(long deadline) throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new IOException("The time is over.");
        }
        return left;
    }

    private static HttpError tooLong() {
        return new HttpError(413, "The request's body is longer than 64 kB.");
    }
}
