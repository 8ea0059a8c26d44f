package logout.app.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.app.web.Guards;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;

/**
 * What Jetty itself says of a request that never reaches Spark (malformed, too long): one line of
 * plain text. Jetty's own page would repeat parts of the request, a session's id among them.
 */
final class PlainErrorHandler extends ErrorHandler {

    @Override
    public void handle(String target, Request baseRequest, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Guards.HEADERS.forEach(response::setHeader);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write(sentence(response.getStatus()));
        baseRequest.setHandled(true);
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields fields) {
        Guards.HEADERS.forEach(fields::put);
        fields.put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        return ByteBuffer.wrap(sentence(status));
    }

    static byte[] sentence(int status) {
        String sentence = status == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431
                ? "The headers of this request are longer than 32 kB."
                        + " Most of that are cookies: delete those of localhost in the browser, and try again."
                : HttpStatus.getMessage(status) + ".";
        return sentence.getBytes(StandardCharsets.UTF_8);
    }
}
