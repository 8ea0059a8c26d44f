package logout.check;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import logout.experiment.Call;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A request as a browser's "Copy as cURL" gives it, or the path of a page.
 *
 * @param call the request, without its cookies
 * @param page the path of the page that it was sent from, by its {@code Referer}; or null
 * @param dropped how many cookies were in it: they are stale
 * @param captures what is kept of the replies
 */
record CurlCommand(Call call, String page, int dropped, List<Capture> captures) {

    /** A path of the app, and nothing that a browser would take for another site. */
    static final String PATH = "/(?!/)[^\\s|\\\\^`<>\"]*";

    /** What the client makes by itself, or what would be stale. */
    private static final String NOT_SENT = "accept-encoding|host|content-length|connection|cookie|expect|upgrade"
            + "|transfer-encoding|user-agent|sec-.*|if-.*";

    /** The parts of words in a shell's line, the last of them plain, and what is between words. */
    private static final Pattern PART = Pattern.compile(
            "\\G(?:(?:\\s|\\\\\\n)+"
                    + "|\\$'(?:[^'\\\\]|\\\\.)*'"
                    + "|'[^']*'"
                    + "|\"(?:[^\"\\\\$`]|\\\\.|\\$(?![\\w({]))*\""
                    + "|\\\\."
                    + "|[^\\s'\"\\\\$`&|;<>()]+)",
            Pattern.DOTALL);

    /** What a shell would replace; or else what it takes for something else, or a quote that is not closed. */
    private static final String OTHER = "(?s).*?(?<!\\\\)(\\$\\(|\\$\\{?\\w+|`).*|\\$?(&+|.).*";

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", Pattern.DOTALL);

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
        String rest = PART.matcher(text).replaceAll("").replaceFirst(OTHER, "$1$2");
        if (!rest.isEmpty()) {
            throw refused(
                    key,
                    rest.matches("['\"]")
                            ? "has a quote that is not closed."
                            : "has " + rest + ", which means something else to a shell. Put texts in single quotes.");
        }
        String words = PART.matcher(text.replaceFirst("curl\\s+", ""))
                .results()
                .map(part -> meant(part.group()))
                .collect(Collectors.joining());
        Options options = new Options();
        try {
            // To curl, an equals sign is a part of the value.
            new CommandLine(options)
                    .setSeparator("\0")
                    .setExpandAtFiles(false)
                    .setOverwrittenOptionsAllowed(true)
                    .setAllowOptionsAsOptionParameters(true)
                    .parseArgs(words.split("\0", -1));
        } catch (UnmatchedArgumentException e) {
            throw refused(key, "has the option " + e.getUnmatched().get(0) + ", which is not understood here.");
        } catch (ParameterException e) {
            throw refused(key, "ends with an option that lacks its value.");
        }
        if (options.isOfAFile) {
            throw refused(key, "reads its data from a file (@). Put the data itself there.");
        }
        if (options.addresses.size() != 1) {
            throw refused(
                    key,
                    options.addresses.isEmpty()
                            ? "has no address."
                            : "has two addresses, or an argument that is in no quotes.");
        }
        return options.command();
    }

    /** What is understood of curl's options; the methods take what is said several times, in its order. */
    private static final class Options {
        private final List<String> data = new ArrayList<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private boolean isOfAFile;

        @Parameters
        private List<String> addresses = new ArrayList<>();

        @Option(names = {"-X", "--request"})
        private String method;

        /** An address is one with or without its option. */
        @Option(
                names = {
                    "--compressed",
                    "-k",
                    "--insecure",
                    "-s",
                    "--silent",
                    "-S",
                    "--show-error",
                    "-i",
                    "--include",
                    "-v",
                    "--verbose",
                    "-L",
                    "--location",
                    "--globoff",
                    "-g",
                    "--http1.1",
                    "--http2",
                    "--url"
                })
        private boolean changesNothing;

        @Option(names = {"-H", "--header"})
        private void header(String line) {
            String[] pair = line.split(":", 2);
            if (pair.length == 2) {
                headers.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
            }
        }

        @Option(names = {"-b", "--cookie"})
        private void cookie(String value) {
            headers.put("cookie", value);
        }

        @Option(names = {"-e", "--referer"})
        private void referer(String value) {
            headers.put("referer", value);
        }

        @Option(names = {"-A", "--user-agent"})
        private String notSent;

        @Option(names = {"-u", "--user"})
        private void user(String value) {
            headers.put("authorization", "Basic " + value + (value.contains(":") ? "" : ":"));
        }

        @Option(names = {"-d", "--data", "--data-ascii", "--data-binary"})
        private void data(String value) {
            isOfAFile |= value.startsWith("@");
            data.add(value);
        }

        @Option(names = "--data-raw")
        private void raw(String value) {
            data.add(value);
        }

        /** {@code content}, {@code =content} or {@code name=content}, of which the content is encoded. */
        @Option(names = "--data-urlencode")
        private void encoded(String value) {
            isOfAFile |= value.matches("(?s)[^=]*@.*");
            int equals = value.indexOf('=');
            String content = URLEncoder.encode(value.substring(equals + 1), StandardCharsets.UTF_8);
            data.add((equals <= 0 ? "" : value.substring(0, equals + 1)) + content.replaceAll("%7B(\\w+)%7D", "{$1}"));
        }

        @Option(names = "--json")
        private void json(String value) {
            data(value);
            headers.put("content-type", "application/json");
            headers.putIfAbsent("accept", "application/json");
        }

        CurlCommand command() {
            int dropped = headers.containsKey("cookie") ? headers.get("cookie").split(";").length : 0;
            String page = headers.containsKey("referer") ? Call.pathOf(URI.create(headers.get("referer"))) : null;
            String ofData = data.isEmpty() ? null : "application/x-www-form-urlencoded";
            String type = headers.getOrDefault("content-type", ofData);
            headers.remove("content-type");
            headers.keySet().removeIf(name -> name.matches(NOT_SENT));
            String chosen = method != null ? method : data.isEmpty() ? "GET" : "POST";
            URI address = URI.create(addresses.get(0).replace("{", "%7B").replace("}", "%7D"));
            String path = Call.pathOf(address).replace("%7B", "{").replace("%7D", "}");
            Call call = new Call(chosen, path, type, String.join("&", data), headers);
            return new CurlCommand(call, page, dropped, new ArrayList<>());
        }
    }

    private static CannotJudgeException refused(String key, String why) {
        return new CannotJudgeException("The command of \"" + key + "\" " + why);
    }

    /** What a part stands for; that is a character of its own for what is between words. */
    private static String meant(String part) {
        String inside = part.replaceFirst("(?s)^[$]?['\"](.*)['\"]$", "$1");
        return switch (part.charAt(0)) {
            case '\'' -> inside;
            case '"' -> inside.replace("\\\n", "").replaceAll("\\\\([\"\\\\$`])", "$1");
            case '$' -> ESCAPE.matcher(inside).replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group(1))));
            default -> part.replace("\\\n", " ").isBlank() ? "\0" : part.replaceFirst("^\\\\", "");
        };
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
