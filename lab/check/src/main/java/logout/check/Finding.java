package logout.check;

/**
 * Something that was seen, or not seen.
 *
 * @param seen what was seen, as a sentence
 * @param why why it matters, as a sentence; null where nothing is wrong
 * @param chapter the page of the docs that explains it, or null
 */
record Finding(Kind kind, String seen, String why, String chapter) {

    /** What a finding is about; those that matter most come first. */
    enum Kind {
        UNPROTECTED("What does not protect the user"),
        LEFT("What is left behind"),
        UNTIDY("What is untidy"),
        NOT_SEEN("What could not be seen"),
        GOOD("What was seen to be right");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** Whether the app has something to do about it. */
        boolean isFault() {
            return compareTo(NOT_SEEN) < 0;
        }
    }

    static Finding good(String seen) {
        return new Finding(Kind.GOOD, seen, null, null);
    }

    static Finding notSeen(String what) {
        return new Finding(Kind.NOT_SEEN, what, null, null);
    }
}
