package logout.docscheck;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The comment right before a block that says where its content comes from.
 *
 * @param argument a file, a command, a stage or a source, according to the kind
 */
record Marker(Kind kind, String argument) {

    private static final Pattern COMMENT = Pattern.compile("<!--\\s*(.*?):\\s+(.*?)\\s*-->", Pattern.DOTALL);

    /** Reads an HTML comment; empty where it is no marker. */
    static Optional<Marker> parse(String html) {
        Matcher matcher = COMMENT.matcher(html.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.words.equals(matcher.group(1)))
                .map(kind -> new Marker(kind, matcher.group(2)))
                .findFirst();
    }

    /** All markers that there are, for a failure. */
    static String known() {
        return Arrays.stream(Kind.values())
                .map(kind -> "<!-- " + kind.words + ": … -->")
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return kind.words + ": " + argument;
    }

    enum Kind {
        CODE("code"),
        OUTPUT("output of"),
        QUESTIONS("questions of"),
        SESSION("session with"),
        EXPRESS("on Express"),
        NOT_OURS("not ours"),
        GENERATED("generated from");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
