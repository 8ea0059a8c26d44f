package logout.panel;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.app.session.RowStatement;
import logout.panel.RecordedRequest.Content;
import logout.panel.RecordedRequest.Event;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/** The last requests to the stage as they happened, those that are under way too, and the last exchanges. */
final class ExchangeLog {

    private static final int REQUESTS = 200;
    private static final int EXCHANGES = 20;
    private static final String RECORDING = Recording.class.getName();

    private final URI address;
    private final String cookieName;
    private final long start = System.nanoTime();
    private final Set<Fingerprint> begunByVisitors = new HashSet<>();

    /** In the order in which they began. */
    private final Deque<Recording> requests = new ArrayDeque<>();

    /** Those that have been replied to, newest first. */
    private final Deque<Recording> exchanges = new ArrayDeque<>();

    private int begun;
    private int replied;
    private int events;

    ExchangeLog(URI address, String cookieName) {
        this.address = address;
        this.cookieName = cookieName;
    }

    /** A request has come. */
    synchronized void begin(HttpServletRequest request) {
        Recording recording = new Recording(++begun, request);
        request.setAttribute(RECORDING, recording);
        requests.addLast(recording);
        if (requests.size() > REQUESTS) {
            requests.removeFirst();
        }
        if (recording.sent.isEmpty()) {
            recording.add(Event.REQUEST, null);
        }
        recording.sent.forEach(id -> recording.add(Event.REQUEST, id));
    }

    /** The store has sent a statement for it. */
    synchronized void statement(HttpServletRequest request, HttpServletResponse response, RowStatement statement) {
        Recording recording = of(request);
        recording.lookAt(response);
        RowStatement.Content content = statement.content();
        recording.add(
                word(statement.kind()),
                Fingerprint.of(statement.id()),
                word(statement.result()),
                content == null ? null : new Content(content.user(), content.note() != null),
                0);
    }

    /** The reply is decided, and is about to be sent. */
    synchronized Recording reply(HttpServletRequest request, HttpServletResponse response) {
        Recording recording = of(request);
        recording.lookAt(response);
        recording.add(Event.REPLY, null, null, null, response.getStatus());
        recording.exchange = exchange(request, response, recording);
        Request base = Request.getBaseRequest(request);
        recording.headers = new Headers(
                lines(
                        request.getMethod() + " " + request.getRequestURI() + " " + request.getProtocol(),
                        base.getHttpFields()),
                lines(
                        "HTTP/1.1 " + response.getStatus() + " " + HttpStatus.getMessage(response.getStatus()),
                        base.getResponse().getHttpFields()));
        exchanges.addFirst(recording);
        if (exchanges.size() > EXCHANGES) {
            exchanges.removeLast();
        }
        return recording;
    }

    private Exchange exchange(HttpServletRequest request, HttpServletResponse response, Recording recording) {
        String by = RecordedRequest.sender(recording.agent);
        if (by.equals(RecordedRequest.VISITOR)) {
            begunByVisitors.addAll(recording.set);
        }
        // Of several cookies of one name, it is the one whose session Jetty has found.
        String taken = request.getRequestedSessionId();
        return new Exchange(
                ++replied,
                Instant.now(),
                by,
                request.getMethod(),
                Fingerprint.maskIds(request.getRequestURI()),
                response.getStatus(),
                Fingerprint.of(taken),
                others(request, taken),
                recording.set,
                recording.lostDeletion());
    }

    private static Recording of(HttpServletRequest request) {
        return (Recording) request.getAttribute(RECORDING);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    synchronized List<Exchange> newestFirst() {
        return exchanges.stream().map(Recording::exchange).toList();
    }

    /** The headers of an exchange, or null where it is not among the last ones any more. */
    synchronized Headers headers(int number) {
        return exchanges.stream()
                .filter(recording -> recording.exchange.number() == number)
                .map(recording -> recording.headers)
                .findFirst()
                .orElse(null);
    }

    /** Whether a visitor of the comparison page began this session. */
    synchronized boolean isVisitors(Fingerprint session) {
        return begunByVisitors.contains(session);
    }

    /** This request, and those that sent the same session cookie and were under way at some time of it. They may go on. */
    synchronized List<Recording> around(Recording recording) {
        return Stream.concat(Stream.of(recording), requests.stream().filter(recording::overlaps))
                .toList();
    }

    /** What was seen of these until now. */
    synchronized List<RecordedRequest> toView(List<Recording> recordings) {
        return recordings.stream().map(Recording::toView).toList();
    }

    /** Those of the last that came with this {@code User-Agent}, oldest first. */
    synchronized List<RecordedRequest> by(String agent) {
        return toView(requests.stream()
                .filter(recording -> agent.equals(recording.agent))
                .toList());
    }

    /** Whether one of the last requests that came with this session cookie lost a deletion which had stood in its reply. */
    synchronized boolean lostDeletion(Fingerprint sent) {
        return requests.stream()
                .filter(recording -> recording.sent.contains(sent))
                .anyMatch(Recording::lostDeletion);
    }

    /**
     * All session cookies of a request, in the order in which they were sent. A browser can hold several of this name,
     * for several paths or hosts; and Jetty compares names without regard to case.
     */
    Stream<Cookie> sentBy(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Stream.empty()
                : Stream.of(cookies).filter(sent -> sent.getName().equalsIgnoreCase(cookieName));
    }

    /** The session cookies of a request but for the one that the server takes. */
    List<OtherCookie> others(HttpServletRequest request, String taken) {
        return sentBy(request)
                .filter(sent -> !sent.getValue().equals(taken))
                .map(sent -> new OtherCookie(sent.getName(), Fingerprint.of(sent.getValue())))
                .toList();
    }

    /** What each {@code Set-Cookie} of a reply sets the session cookie to, in their order; null is a deletion. */
    private List<Fingerprint> setBy(HttpServletResponse response) {
        return response.getHeaders("Set-Cookie").stream()
                .map(header -> logout.experiment.Cookie.parse(address, header))
                .filter(set -> set.name().equals(cookieName))
                .map(set -> set.isDeletion() ? null : Fingerprint.of(set.value()))
                .toList();
    }

    private static List<String> lines(String first, HttpFields headers) {
        Stream<String> lines = headers.stream()
                .map(header -> header.getName() + ": " + Fingerprint.mask(header.getName(), header.getValue()));
        return Stream.concat(Stream.of(Fingerprint.maskIds(first)), lines).toList();
    }

    /** A request, and what was seen of it until now. */
    final class Recording {
        private final int number;
        private final String agent;
        private final String request;
        private final List<Fingerprint> sent;
        private final List<Event> seen = new ArrayList<>();

        /** What stands in the reply that is being made. */
        private List<Fingerprint> set = new ArrayList<>();

        /** Null until the reply is decided. */
        private Exchange exchange;

        private Headers headers;

        private Recording(int number, HttpServletRequest request) {
            this.number = number;
            this.agent = request.getHeader("User-Agent");
            this.request = request.getMethod() + " " + Fingerprint.maskIds(request.getRequestURI());
            this.sent = sentBy(request)
                    .map(cookie -> Fingerprint.of(cookie.getValue()))
                    .filter(Objects::nonNull)
                    .toList();
        }

        Exchange exchange() {
            return exchange;
        }

        /** Whether a deletion stood in the reply and stands there no longer. */
        private boolean lostDeletion() {
            return seen.stream().anyMatch(event -> event.what().equals(Event.DROPPED) && event.id() == null)
                    && !set.contains(null);
        }

        private void lookAt(HttpServletResponse response) {
            List<Fingerprint> now = setBy(response);
            addAll(Event.SET, now, set);
            addAll(Event.DROPPED, set, now);
            set = now;
        }

        /** Adds an event for each of these that is not among those. */
        private void addAll(String what, List<Fingerprint> these, List<Fingerprint> those) {
            these.stream().filter(one -> !those.contains(one)).forEach(one -> add(what, one));
        }

        private void add(String what, Fingerprint id) {
            add(what, id, null, null, 0);
        }

        private void add(String what, Fingerprint id, String result, Content content, int status) {
            long micros = (System.nanoTime() - start) / 1000;
            seen.add(new Event(++events, micros, what, id, result, content, status));
        }

        private boolean overlaps(Recording other) {
            return other != this
                    && (other.exchange == null
                            || other.seen.get(other.seen.size() - 1).order()
                                    > seen.get(0).order())
                    && !Collections.disjoint(sent, other.sent);
        }

        private RecordedRequest toView() {
            return new RecordedRequest(number, RecordedRequest.sender(agent), request, List.copyOf(seen));
        }
    }

    /**
     * One request and its reply, as the lab panel shows them: without ids.
     *
     * @param number counts up from 1, in the order of the replies
     * @param by who sent the request: a browser, a visitor of the comparison page, or one of the panel's own tries
     * @param sent the session cookie that the server took, or null where none came along
     * @param others the session cookies that came along and that the server did not take
     * @param set what each {@code Set-Cookie} of the reply sets the session cookie to, in their order; null is a deletion
     * @param overwritten whether the route had asked for a deletion that is not in the reply
     */
    record Exchange(
            int number,
            Instant time,
            String by,
            String method,
            String path,
            int status,
            Fingerprint sent,
            List<OtherCookie> others,
            List<Fingerprint> set,
            boolean overwritten) {}

    /**
     * The headers of an exchange, without ids.
     *
     * @param request the request line and the headers
     * @param response the status line and the headers
     */
    record Headers(List<String> request, List<String> response) {}

    /**
     * A session cookie beside the one that the server took.
     *
     * @param name as it was sent: Jetty compares names without regard to case
     * @param fingerprint of its value, or null where that is empty
     */
    record OtherCookie(String name, Fingerprint fingerprint) {}
}
