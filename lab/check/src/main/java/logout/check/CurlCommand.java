package logout.check;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logout.experiment.Call;

/**
 * A request as a browser's "Copy as cURL" gives it, or the path of a page.
 *
 * @param call the request, without its cookies
 * @param page the path of the page that it was sent from, by its {@code Referer}; or null
 * @param dropped how many cookies were in it: they are stale
 * @param captures what is kept of the replies
 */
record CurlCommand(Call call, String page, int dropped, List<Capture> captures) {

    private static final Set<String> WITHOUT_VALUE = Set.of(
            ("--compressed -k --insecure -s --silent -S --show-error -i --include -v --verbose -L --location --globoff -g"
                            + " --http1.1 --http2")
                    .split(" "));

    /** A path of the app, and nothing that a browser would take for another site. */
    static final String PATH = "/(?!/)[^\\s|\\\\^`<>\"]*";

    /** Options of one letter whose value may follow without a space. */
    private static final Pattern SHORT = Pattern.compile("(-[XHbdueA])(.+)", Pattern.DOTALL);

    /** What the client makes by itself, or what would be stale. */
    private static final Set<String> NOT_SENT = Set.of(
            "accept-encoding",
            "host",
            "content-length",
            "connection",
            "cookie",
            "expect",
            "upgrade",
            "transfer-encoding",
            "user-agent");

    private static final Pattern PART = Pattern.compile(
            "(?<space>(?:\\s|\\\\\\n)+)"
                    + "|\\$'(?<ansi>(?:[^'\\\\]|\\\\.)*)'"
                    + "|'(?<single>[^']*)'"
                    + "|\"(?<double>(?:[^\"\\\\$`]|\\\\.|\\$(?![\\w({]))*)\""
                    + "|\\\\(?<escaped>.)"
                    + "|(?<plain>[^\\s'\"\\\\$`&|;<>()]+)",
            Pattern.DOTALL);

    /** What a shell would replace; and what it takes for something else, or a quote that is not closed. */
    private static final Pattern REPLACED = Pattern.compile("(?<!\\\\)(?:\\$\\(|\\$\\{?\\w+|`)");

    private static final Pattern OTHER = Pattern.compile("&+|[|;<>()'\"]");

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", Pattern.DOTALL);

    private static final String FORM = "application/x-www-form-urlencoded";

    /** Reads the command, or the path, for the key of a description. */
    static CurlCommand parse(String key, String text) {
        if (text.matches(PATH)) {
            return new CurlCommand(Call.page(text), null, 0, new ArrayList<>());
        }
        if (text.contains("^\"") || text.contains("^\n") || text.endsWith("^")) {
            throw refused(key, "is quoted for Windows (^). Choose \"Copy as cURL (bash)\" in the browser.");
        }
        if (!text.matches("(?s)curl\\s.*")) {
            throw refused(
                    key,
                    "must begin with curl, as the browser's \"Copy as cURL\" gives it, or be a path such as /login.");
        }
        List<String> words = words(key, text);
        Parts parts = new Parts(key);
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            Matcher attached = SHORT.matcher(word);
            if (!word.startsWith("-")) {
                parts.address(word);
            } else if (attached.matches()) {
                parts.add(attached.group(1), attached.group(2));
            } else if (!WITHOUT_VALUE.contains(word)) {
                parts.add(word, i + 1 < words.size() ? words.get(++i) : "");
            }
        }
        return parts.command();
    }

    /** What the words of a command say. */
    private static final class Parts {
        private final String key;
        private final List<String> data = new ArrayList<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String method;
        private String url;

        Parts(String key) {
            this.key = key;
        }

        void address(String given) {
            if (url != null) {
                throw refused(key, "has two addresses, or an argument that is in no quotes.");
            }
            url = given;
        }

        void add(String option, String value) {
            switch (option) {
                case "-X", "--request" -> method = value;
                case "-H", "--header" -> addHeader(value);
                case "-b", "--cookie" -> headers.put("cookie", value);
                case "-e", "--referer" -> headers.put("referer", value);
                case "-A", "--user-agent" -> headers.put("user-agent", value);
                case "-u", "--user" ->
                    headers.put("authorization", "Basic " + value + (value.contains(":") ? "" : ":"));
                case "--url" -> address(value);
                case "-d", "--data", "--data-ascii", "--data-binary" -> data.add(notOfAFile(value));
                case "--data-raw" -> data.add(value);
                case "--data-urlencode" -> data.add(encoded(value));
                case "--json" -> {
                    data.add(notOfAFile(value));
                    headers.put("content-type", "application/json");
                    headers.putIfAbsent("accept", "application/json");
                }
                default -> throw refused(key, "has the option " + option + ", which is not understood here.");
            }
        }

        private void addHeader(String line) {
            String[] pair = line.split(":", 2);
            if (pair.length == 2) {
                headers.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
            }
        }

        private String notOfAFile(String value) {
            if (value.startsWith("@")) {
                throw refused(key, "reads its data from a file (@). Put the data itself there.");
            }
            return value;
        }

        /** {@code content}, {@code =content} or {@code name=content}, of which the content is encoded. */
        private String encoded(String value) {
            if (value.matches("(?s)[^=]*@.*")) {
                notOfAFile("@");
            }
            int equals = value.indexOf('=');
            String name = equals <= 0 ? "" : value.substring(0, equals + 1);
            return name
                    + URLEncoder.encode(value.substring(equals + 1), StandardCharsets.UTF_8)
                            .replaceAll("%7B(\\w+)%7D", "{$1}");
        }

        CurlCommand command() {
            if (url == null) {
                throw refused(key, "has no address.");
            }
            int dropped = headers.containsKey("cookie") ? headers.get("cookie").split(";").length : 0;
            String page = headers.containsKey("referer") ? Call.pathOf(URI.create(headers.get("referer"))) : null;
            String type = headers.remove("content-type");
            headers.keySet()
                    .removeIf(name -> NOT_SENT.contains(name) || name.startsWith("sec-") || name.startsWith("if-"));
            String chosen = method != null ? method : data.isEmpty() ? "GET" : "POST";
            String contentType = type != null ? type : data.isEmpty() ? null : FORM;
            URI address = URI.create(url.replace("{", "%7B").replace("}", "%7D"));
            String path = Call.pathOf(address).replace("%7B", "{").replace("%7D", "}");
            Call call = new Call(chosen, path, contentType, String.join("&", data), headers);
            return new CurlCommand(call, page, dropped, new ArrayList<>());
        }
    }

    private static CannotJudgeException refused(String key, String why) {
        return new CannotJudgeException("The command of \"" + key + "\" " + why);
    }

    /** The words of a shell's line: in quotes, with backslashes, over several lines. What a shell would replace is refused. */
    private static List<String> words(String key, String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            end = part.end();
            if (part.group("space") != null) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = (word == null ? new StringBuilder() : word).append(meant(part));
            }
        }
        if (end < text.length()) {
            String after = text.substring(end);
            String rest = Stream.of(REPLACED, OTHER)
                    .flatMap(pattern -> pattern.matcher(after).results())
                    .findFirst()
                    .orElseThrow()
                    .group();
            throw refused(
                    key,
                    rest.matches("['\"]")
                            ? "has a quote that is not closed."
                            : "has " + rest + ", which means something else to a shell. Put texts in single quotes.");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    private static String meant(Matcher part) {
        if (part.group("ansi") != null) {
            return ESCAPE.matcher(part.group("ansi"))
                    .replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group(1))));
        }
        if (part.group("double") != null) {
            return part.group("double").replace("\\\n", "").replaceAll("\\\\([\"\\\\$`])", "$1");
        }
        if (part.group("escaped") != null) {
            return part.group("escaped");
        }
        return part.group("single") != null ? part.group("single") : part.group("plain");
    }

    /** What stands behind the backslash in {@code $'…'}, as bash reads it. */
    private static String unescaped(String escape) {
        int letter = "abefnrtvE".indexOf(escape.charAt(0));
        return switch (escape.charAt(0)) {
            case 'u', 'U', 'x' -> Character.toString(Integer.parseInt(escape.substring(1), 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> Character.toString(Integer.parseInt(escape, 8));
            default -> letter < 0 ? escape : "\007\b\033\f\n\r\t\013\033".substring(letter, letter + 1);
        };
    }
}
