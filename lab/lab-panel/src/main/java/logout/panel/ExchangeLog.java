package logout.panel;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.panel.Exchange.Headers;
import logout.panel.Exchange.OtherCookie;
import logout.panel.Exchange.SetCookie;
import org.eclipse.jetty.http.HttpStatus;
import spark.Request;
import spark.Response;

/** The last exchanges with the stage, newest first. */
final class ExchangeLog {

    private static final int CAPACITY = 20;
    private static final int REMEMBERED_SESSIONS = 1_000;

    private final SessionCookies cookies;
    private final Fingerprints fingerprints;
    private final Deque<Recorded> records = new ArrayDeque<>();
    private final Set<Fingerprint> begunByVisitors = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Boolean> eldest) {
            return size() > REMEMBERED_SESSIONS;
        }
    });
    private int count;

    ExchangeLog(SessionCookies cookies, Fingerprints fingerprints) {
        this.cookies = cookies;
        this.fingerprints = fingerprints;
    }

    synchronized List<Exchange> newestFirst() {
        return records.stream().map(Recorded::exchange).toList();
    }

    /** Whether a visitor of the comparison page began this session. Only the latest are remembered. */
    synchronized boolean isVisitors(Fingerprint session) {
        return begunByVisitors.contains(session);
    }

    /** The headers of an exchange, or null where it is not among the last ones any more. */
    synchronized Headers headers(int number) {
        return records.stream()
                .filter(recorded -> recorded.exchange().number() == number)
                .map(Recorded::headers)
                .findFirst()
                .orElse(null);
    }

    /**
     * Records a request and its reply, which is about to be sent.
     *
     * @param overwritten whether the route had asked for a deletion that is not in the reply
     */
    synchronized Exchange record(Request request, Response response, boolean overwritten) {
        List<SetCookie> set = cookies.setBy(response.raw());
        String by = Sender.of(request.userAgent());
        if (by.equals(Sender.VISITOR)) {
            set.stream().map(SetCookie::fingerprint).filter(Objects::nonNull).forEach(begunByVisitors::add);
        }
        // Of several cookies of one name, it is the one whose session Jetty has found.
        String taken = request.raw().getRequestedSessionId();
        Exchange exchange = new Exchange(
                ++count,
                Instant.now(),
                by,
                request.requestMethod(),
                fingerprints.maskIds(request.uri()),
                response.status(),
                fingerprints.of(taken),
                others(request.raw(), taken),
                set,
                overwritten);
        Headers headers = new Headers(lines(request.raw()), lines(response.raw()));
        records.addFirst(new Recorded(exchange, headers));
        if (records.size() > CAPACITY) {
            records.removeLast();
        }
        return exchange;
    }

    /** The session cookies of a request but for the one that the server takes. */
    List<OtherCookie> others(HttpServletRequest request, String taken) {
        return cookies.sentBy(request)
                .filter(sent -> !sent.getValue().equals(taken))
                .map(sent -> new OtherCookie(sent.getName(), fingerprints.of(sent.getValue())))
                .toList();
    }

    private List<String> lines(HttpServletRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add(fingerprints.maskIds(
                request.getMethod() + " " + request.getRequestURI() + " " + request.getProtocol()));
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                lines.add(name + ": "
                        + (name.equalsIgnoreCase("Cookie")
                                ? fingerprints.maskCookie(value)
                                : fingerprints.maskIds(value)));
            }
        }
        return lines;
    }

    private List<String> lines(HttpServletResponse response) {
        List<String> lines = new ArrayList<>();
        lines.add("HTTP/1.1 " + response.getStatus() + " " + HttpStatus.getMessage(response.getStatus()));
        Collection<String> names = response.getHeaderNames();
        for (String name : names) {
            for (String value : response.getHeaders(name)) {
                lines.add(name + ": "
                        + (name.equalsIgnoreCase("Set-Cookie")
                                ? fingerprints.maskSetCookie(value)
                                : fingerprints.maskIds(value)));
            }
        }
        return lines;
    }

    /** An exchange, and what is told of it only when someone asks. */
    private record Recorded(Exchange exchange, Headers headers) {}
}
