package logout.experiment;

import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was observed of one {@link ResidueColumn} or {@link Condition}. The words of the residue table are all here. */
public sealed interface Observation {

    /** The observation as the residue table says it. */
    String inWords();

    /** Whether something is left, or can be done, that a thorough logout would not leave or allow. */
    default boolean isLeftBehind() {
        return false;
    }

    /** Whether somebody else can use what is left. What is left otherwise is untidy. */
    default boolean isDangerous() {
        return isLeftBehind();
    }

    /** What it says of a weakness. */
    default Verdict verdict() {
        return isLeftBehind() ? Verdict.YES : Verdict.NO;
    }

    /** What else was seen, as the end of a sentence about it or as another one; empty where there is nothing to add. */
    default String detail() {
        return "";
    }

    /** Why nothing was seen, as the end of a sentence; null where something was. */
    default String reason() {
        return null;
    }

    /** The names of the cookies that it is about. */
    default List<String> cookies() {
        return List.of();
    }

    /**
     * The reply to the logout.
     *
     * @param location where it redirects to, or null
     */
    static Observation reply(int status, String location) {
        return new Trace(location == null ? String.valueOf(status) : status + " " + location, false, false);
    }

    /** The logout was not answered, as long as one waited. */
    static Observation noReply() {
        return new Trace("none at all", true, false);
    }

    /**
     * All {@code Set-Cookie} of the reply that are for the session cookie.
     *
     * @param deletions for each, in their order, whether it is a deletion; otherwise it sets a new id
     * @param overwritten whether the route asked for a deletion that is not among them
     */
    static Observation setCookies(List<Boolean> deletions, boolean overwritten) {
        String words = deletions.stream()
                .map(isDeletion -> isDeletion ? "the deletion" : "a new id")
                .collect(Collectors.joining(
                        ", then ",
                        deletions.size() == 1 ? "one: " : deletions.size() + ": ",
                        overwritten ? " (the deletion is overwritten)" : ""));
        return new Trace(deletions.isEmpty() ? "none" : words, deletions.contains(false), false);
    }

    /** What has become of the session cookie in the browser: the one from before, and the one that is there now; null is none. */
    static Observation cookie(Object before, Object now) {
        return new Trace(now == null ? "gone" : now.equals(before) ? "same" : "replaced", now != null, false);
    }

    /**
     * The row to which the old cookie pointed.
     *
     * @param row as it is now, or null where it is gone
     */
    static Observation oldRow(StoredSession row) {
        if (row == null) {
            return new Trace("gone", false, false);
        }
        String user = (row.user() == null ? "without" : "with") + " the user, ";
        String note = (row.note() == null ? "without" : "with") + " the note";
        boolean isDangerous = row.user() != null || row.note() != null;
        return new Trace("stays, " + (row.legible() ? user + note : "not legible"), true, isDangerous);
    }

    /**
     * The row of a session that the logout began.
     *
     * @param row as it is now, or null where there is none
     */
    static Observation newRow(StoredSession row) {
        return new Trace(row == null ? "none" : "one, " + content(row), row != null, false);
    }

    /** Whose a row is, and what it holds, in words. */
    static String content(StoredSession row) {
        String user = row.user() == null ? "anonymous" : row.user();
        return row.legible() ? user + ", " + (row.note() == null ? "empty" : "with the note") : "not legible";
    }

    record Trace(String inWords, boolean isLeftBehind, boolean isDangerous) implements Observation {}

    /**
     * What the old cookie still finds.
     *
     * @param alive whether its session is still there, be it empty
     */
    record Replay(boolean loggedIn, boolean readsNote, boolean alive) implements Observation {
        @Override
        public String inWords() {
            if (!isLeftBehind()) {
                return "nothing";
            }
            String who = loggedIn ? "logged in" : "not logged in";
            return who + (readsNote ? ", reads the note" : loggedIn ? "" : ", an empty session");
        }

        @Override
        public boolean isLeftBehind() {
            return isDangerous() || alive;
        }

        @Override
        public boolean isDangerous() {
            return loggedIn || readsNote;
        }
    }

    /**
     * Whether another site can log the user out.
     *
     * @param withCookie whether its request does so where the session cookie goes along
     * @param livesOn whether a copy of the cookies is still logged in after that
     * @param withoutCookie whether the reply to its request takes the cookie from the browser where the cookie does not go
     *     along: then the page says "logged out", and the session lives on
     * @param method of the logout's request: a link makes a browser send a GET, a form a POST
     */
    record ForeignLogout(boolean withCookie, boolean livesOn, boolean withoutCookie, String method)
            implements Observation {
        @Override
        public String inWords() {
            boolean link = method.equals("GET");
            String yes = "yes, by a " + (link ? "link" : "form");
            if (withoutCookie) {
                return yes + (withCookie ? ", with the cookie and even without it" : ", even without the cookie")
                        + ": the browser's cookie goes, the old session lives on";
            }
            return !withCookie ? "no" : link ? yes : yes + " that comes with the cookie";
        }

        @Override
        public boolean isLeftBehind() {
            return withCookie || withoutCookie;
        }
    }

    /** The question has no meaning here; the reason is the end of a sentence. */
    static Observation noMeaning(String reason) {
        return new Unseen(Verdict.MOOT, "no meaning: ", reason);
    }

    /** Nothing was observed; the reason is the end of a sentence. */
    static Observation notSeen(String reason) {
        return new Unseen(Verdict.NOT_SEEN, "not seen: ", reason);
    }

    /** Nothing was observed because of what came in place of a reply. The JDK's client does not say that nobody listens. */
    static Observation notSeen(Exception e) {
        Exception failure = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
        boolean isOfCertificate = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance);
        return notSeen(
                isOfCertificate
                        ? "the app's certificate is not trusted"
                        : Objects.requireNonNullElse(failure.getMessage(), "the app does not answer"));
    }

    record Unseen(Verdict verdict, String kind, String reason) implements Observation {
        @Override
        public String inWords() {
            return kind + reason;
        }
    }

    /** Whether something that ought not to be possible is. */
    record Possible(boolean isLeftBehind, String detail, List<String> cookies) implements Observation {

        public Possible(boolean possible) {
            this(possible, "");
        }

        Possible(boolean possible, String detail) {
            this(possible, detail, List.of());
        }

        /** It is of these cookies; of each there is something to say. */
        Possible(List<String> cookies, List<String> each) {
            this(!cookies.isEmpty(), cookies.isEmpty() ? "" : ": " + String.join("; ", each) + ".", cookies);
        }

        @Override
        public String inWords() {
            return isLeftBehind ? "yes" : "no";
        }
    }
}
