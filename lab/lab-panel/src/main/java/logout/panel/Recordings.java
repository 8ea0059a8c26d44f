package logout.panel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import logout.app.session.RowStatement;
import logout.panel.Exchange.SetCookie;
import logout.panel.RecordedRequest.Content;
import logout.panel.RecordedRequest.Event;

/** The last requests as they happened, those that are under way too. */
final class Recordings {

    private static final int CAPACITY = 200;
    private static final int EVENTS_OF_A_REQUEST = 100;
    private static final String RECORDING = Recordings.class.getName();

    private final SessionCookies cookies;
    private final Fingerprints fingerprints;
    private final Deque<Recording> last = new ArrayDeque<>();
    private final long start = System.nanoTime();
    private int requests;
    private int events;

    Recordings(SessionCookies cookies, Fingerprints fingerprints) {
        this.cookies = cookies;
        this.fingerprints = fingerprints;
    }

    /** A request has come. */
    synchronized void begin(HttpServletRequest request) {
        Recording recording = new Recording(++requests, request.getHeader("User-Agent"), request);
        request.setAttribute(RECORDING, recording);
        last.addLast(recording);
        if (last.size() > CAPACITY) {
            last.removeFirst();
        }
        List<Fingerprint> sent = cookies.sentBy(request)
                .map(Cookie::getValue)
                .map(fingerprints::of)
                .flatMap(Stream::ofNullable)
                .toList();
        if (sent.isEmpty()) {
            recording.add(Event.REQUEST, null, null, null, 0);
        }
        sent.forEach(id -> recording.add(Event.REQUEST, id, null, null, 0));
    }

    /** The store has sent a statement for it. */
    synchronized void statement(HttpServletRequest request, HttpServletResponse response, RowStatement statement) {
        Recording recording = of(request);
        recording.lookAt(response);
        recording.add(
                word(statement.kind()),
                fingerprints.of(statement.id()),
                word(statement.result()),
                content(statement.content()),
                0);
    }

    /** The reply is decided. */
    synchronized Recording reply(HttpServletRequest request, HttpServletResponse response) {
        Recording recording = of(request);
        recording.lookAt(response);
        recording.add(Event.REPLY, null, null, null, response.getStatus());
        recording.done = true;
        return recording;
    }

    private static Recording of(HttpServletRequest request) {
        return (Recording) request.getAttribute(RECORDING);
    }

    /** This request, and those that sent the same session cookie and were under way at some time of it. They may go on. */
    synchronized List<Recording> around(Recording recording) {
        return Stream.concat(Stream.of(recording), last.stream().filter(recording::overlaps))
                .toList();
    }

    /** What was seen of these until now. */
    synchronized List<RecordedRequest> toView(List<Recording> recordings) {
        return recordings.stream().map(Recording::toView).toList();
    }

    /** Those of the last that came with this {@code User-Agent}, oldest first. */
    synchronized List<RecordedRequest> by(String agent) {
        return toView(
                last.stream().filter(recording -> agent.equals(recording.agent)).toList());
    }

    /** Whether one of the last requests that came with this session cookie lost a deletion which had stood in its reply. */
    synchronized boolean lostDeletion(Fingerprint sent) {
        return last.stream()
                .filter(recording -> recording.sent().anyMatch(sent::equals))
                .anyMatch(Recording::lostDeletion);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Content content(RowStatement.Content content) {
        return content == null ? null : new Content(content.user(), content.note() != null);
    }

    /** One request. It is filled in as long as the request is under way. */
    final class Recording {
        private final int number;
        private final String agent;
        private final String request;
        private final List<Event> seen = new ArrayList<>();

        /** Those that stand in the reply that is being made. */
        private List<SetCookie> set = List.of();

        private boolean done;

        private Recording(int number, String agent, HttpServletRequest request) {
            this.number = number;
            this.agent = agent;
            this.request = request.getMethod() + " " + fingerprints.maskIds(request.getRequestURI());
        }

        /** Whether a deletion stood in the reply and stands there no longer. */
        boolean lostDeletion() {
            return seen.stream().anyMatch(event -> event.what().equals(Event.DROPPED) && event.id() == null)
                    && !set.contains(SetCookie.DELETE);
        }

        private void lookAt(HttpServletResponse response) {
            List<SetCookie> now = cookies.setBy(response);
            addAll(Event.SET, now, set);
            addAll(Event.DROPPED, set, now);
            set = now;
        }

        /** Adds an event for each of these that is not among those. */
        private void addAll(String what, List<SetCookie> these, List<SetCookie> those) {
            these.stream()
                    .filter(one -> !those.contains(one))
                    .forEach(one -> add(what, one.fingerprint(), null, null, 0));
        }

        private void add(String what, Fingerprint id, String result, Content content, int status) {
            if (seen.size() < EVENTS_OF_A_REQUEST) {
                long micros = (System.nanoTime() - start) / 1000;
                seen.add(new Event(++events, micros, what, id, result, content, status));
            }
        }

        private boolean overlaps(Recording other) {
            return other != this
                    && (!other.done
                            || other.seen.get(other.seen.size() - 1).order()
                                    > seen.get(0).order())
                    && sent().anyMatch(id -> other.sent().anyMatch(id::equals));
        }

        private Stream<Fingerprint> sent() {
            return seen.stream()
                    .filter(event -> event.what().equals(Event.REQUEST))
                    .map(Event::id)
                    .flatMap(Stream::ofNullable);
        }

        private RecordedRequest toView() {
            return new RecordedRequest(number, Sender.of(agent), request, done, List.copyOf(seen));
        }
    }
}
