package logout.experiment;

import java.util.List;

/** What was observed of one {@link ResidueColumn}. The words of the residue table are all here. */
public sealed interface Observation {

    /** The observation as the residue table says it. */
    String inWords();

    /** Whether something is left, or can be done, that a thorough logout would not leave or allow. */
    default boolean isLeftBehind() {
        return false;
    }

    /** Whether somebody else can use what is left. What is left otherwise is untidy. */
    default boolean isDangerous() {
        return false;
    }

    /** What it says of a weakness. */
    default Verdict verdict() {
        return isLeftBehind() ? Verdict.YES : Verdict.NO;
    }

    /** What else was seen, as the end of a sentence about it or as another one; empty where there is nothing to add. */
    default String detail() {
        return "";
    }

    /**
     * The reply to the logout.
     *
     * @param location where it redirects to, or null
     */
    record Reply(int status, String location) implements Observation {
        @Override
        public String inWords() {
            return location == null ? String.valueOf(status) : status + " " + location;
        }
    }

    /** What one {@code Set-Cookie} for the session cookie does. */
    enum SetCookie {
        NEW_ID("a new id"),
        DELETION("the deletion");

        private final String words;

        SetCookie(String words) {
            this.words = words;
        }
    }

    /**
     * All {@code Set-Cookie} of the reply that are for the session cookie, in their order.
     *
     * @param overwritten whether the route asked for a deletion that is not among them
     */
    record SetCookies(List<SetCookie> all, boolean overwritten) implements Observation {
        @Override
        public String inWords() {
            if (all.isEmpty()) {
                return "none";
            }
            String words = String.join(
                    ", then ", all.stream().map(setCookie -> setCookie.words).toList());
            String count = all.size() == 1 ? "one" : String.valueOf(all.size());
            return count + ": " + words + (overwritten ? " (the deletion is overwritten)" : "");
        }

        @Override
        public boolean isLeftBehind() {
            return all.contains(SetCookie.NEW_ID);
        }
    }

    /** What has become of the session cookie in the browser. */
    enum BrowserCookie implements Observation {
        SAME("same"),
        REPLACED("replaced"),
        GONE("gone");

        private final String words;

        BrowserCookie(String words) {
            this.words = words;
        }

        /** Compares the cookie from before with the one that is there now; null is none. */
        public static BrowserCookie of(Object before, Object now) {
            if (now == null) {
                return GONE;
            }
            return now.equals(before) ? SAME : REPLACED;
        }

        @Override
        public String inWords() {
            return words;
        }

        @Override
        public boolean isLeftBehind() {
            return this != GONE;
        }
    }

    /**
     * The row to which the old cookie pointed.
     *
     * @param row as it is now, or null where it is gone
     */
    record OldRow(StoredSession row) implements Observation {
        @Override
        public String inWords() {
            if (row == null) {
                return "gone";
            }
            return row.legible()
                    ? "stays, " + with(row.user()) + " the user, " + with(row.note()) + " the note"
                    : "stays, not legible";
        }

        private static String with(String value) {
            return value == null ? "without" : "with";
        }

        @Override
        public boolean isLeftBehind() {
            return row != null;
        }

        @Override
        public boolean isDangerous() {
            return row != null && (row.user() != null || row.note() != null);
        }
    }

    /**
     * The row of a session that the logout began.
     *
     * @param row as it is now, or null where there is none
     */
    record NewRow(StoredSession row) implements Observation {
        @Override
        public String inWords() {
            return row == null ? "none" : "one, " + content(row);
        }

        /** Whose a row is, and what it holds, in words. */
        public static String content(StoredSession row) {
            if (!row.legible()) {
                return "not legible";
            }
            String user = row.user() == null ? "anonymous" : row.user();
            return user + ", " + (row.note() == null ? "empty" : "with the note");
        }

        @Override
        public boolean isLeftBehind() {
            return row != null;
        }
    }

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
            return loggedIn || readsNote || alive;
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
     * @param withoutCookie whether the reply to its request takes the cookie from the browser where the cookie does not go
     *     along: then the page says "logged out", and the session lives on
     * @param method of the logout's request: a link makes a browser send a GET, a form a POST
     */
    record ForeignLogout(boolean withCookie, boolean withoutCookie, String method) implements Observation {
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

        @Override
        public boolean isDangerous() {
            return isLeftBehind();
        }
    }

    /** The logout was not answered, as long as one waited. */
    record NoReply() implements Observation {
        @Override
        public String inWords() {
            return "none at all";
        }

        @Override
        public boolean isLeftBehind() {
            return true;
        }
    }

    /**
     * The question has no meaning here.
     *
     * @param reason why, as the end of a sentence
     */
    record NoMeaning(String reason) implements Observation {
        @Override
        public String inWords() {
            return "no meaning: " + reason;
        }

        @Override
        public Verdict verdict() {
            return Verdict.MOOT;
        }
    }

    /**
     * Nothing was observed.
     *
     * @param reason why, as the end of a sentence
     */
    record NotSeen(String reason) implements Observation {
        @Override
        public String inWords() {
            return "not seen: " + reason;
        }

        @Override
        public Verdict verdict() {
            return Verdict.NOT_SEEN;
        }
    }

    /** Whether something that ought not to be possible is. */
    record Possible(boolean possible, String detail) implements Observation {

        public Possible(boolean possible) {
            this(possible, "");
        }

        @Override
        public String inWords() {
            return possible ? "yes" : "no";
        }

        @Override
        public boolean isLeftBehind() {
            return possible;
        }

        @Override
        public boolean isDangerous() {
            return possible;
        }
    }
}
