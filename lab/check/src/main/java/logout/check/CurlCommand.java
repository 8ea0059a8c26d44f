package logout.check;

import static logout.check.CannotJudgeException.unless;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import logout.experiment.Call;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A request as a browser's "Copy as cURL" gives it, or the path of a page.
 *
 * @param call the request, without its cookies: they are stale
 * @param page the path of the page that it was sent from, by its {@code Referer}; or null
 * @param captures what is kept of the replies
 */
record CurlCommand(Call call, String page, List<Capture> captures) {

    /** A path of the app, and nothing that a browser would take for another site. */
    private static final String PATH = "/(?!/)[^\\s|\\\\^`<>\"]*";

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
            return new CurlCommand(Call.page(text), null, new ArrayList<>());
        }
        unless(!text.matches("(?s).*\\^([\"\n].*|$)"), "curl-windows", key);
        unless(text.matches("(?s)curl\\s.*"), "curl-other", key);
        String rest = PART.matcher(text).replaceAll("").replaceFirst(OTHER, "$1$2");
        unless(!rest.matches("['\"]"), "curl-quote", key);
        unless(rest.isEmpty(), "curl-shell", key, rest);
        String words = PART.matcher(text.replaceFirst("curl\\s+", ""))
                .results()
                .map(part -> meant(part.group()))
                .collect(Collectors.joining());
        Options options = new Options();
        List<String> addresses;
        try {
            // To curl, an equals sign is a part of the value.
            addresses = new CommandLine(options.spec)
                    .setSeparator("\0")
                    .setExpandAtFiles(false)
                    .setOverwrittenOptionsAllowed(true)
                    .setUnmatchedArgumentsAllowed(true)
                    .parseArgs(words.split("\0", -1))
                    .unmatched();
        } catch (ParameterException e) {
            throw new CannotJudgeException("curl-value", key);
        }
        addresses.forEach(one -> unless(!one.startsWith("-"), "curl-option", key, one));
        unless(!options.isOfAFile, "curl-file", key);
        unless(addresses.size() == 1, "curl-addresses", key);
        return options.command(addresses.get(0));
    }

    /** What is understood of curl's options. */
    private static final class Options {
        private final CommandSpec spec = CommandSpec.create();
        private final List<String> data = new ArrayList<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private boolean isOfAFile;
        private String method;

        Options() {
            // These change nothing; an address is one with or without its option.
            spec.addOption(OptionSpec.builder(("--compressed -k --insecure -s --silent -S --show-error -i --include -v"
                                    + " --verbose -L --location -g --globoff --http1.1 --http2 --url")
                            .split(" "))
                    .build());
            on("-X --request", value -> method = value);
            on("-H --header", this::header);
            on("-e --referer", value -> headers.put("referer", value));
            on("-b --cookie -A --user-agent", value -> {});
            on("-u --user", value -> header("authorization: Basic " + value + (value.contains(":") ? "" : ":")));
            on("-d --data --data-ascii --data-binary", this::data);
            on("--data-raw", data::add);
            on("--data-urlencode", this::encoded);
            on("--json", this::json);
        }

        private void on(String names, Consumer<String> keep) {
            spec.addOption(OptionSpec.builder(names.split(" "))
                    .type(String.class)
                    .parameterConsumer((words, any, command) -> keep.accept(words.pop()))
                    .build());
        }

        private void header(String line) {
            String[] pair = line.split(":", 2);
            if (pair.length == 2) {
                headers.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
            }
        }

        private void data(String value) {
            isOfAFile |= value.startsWith("@");
            data.add(value);
        }

        /** {@code content}, {@code =content} or {@code name=content}, of which the content is encoded. */
        private void encoded(String value) {
            isOfAFile |= value.matches("(?s)[^=]*@.*");
            int equals = value.indexOf('=');
            String content = URLEncoder.encode(value.substring(equals + 1), StandardCharsets.UTF_8);
            data.add((equals <= 0 ? "" : value.substring(0, equals + 1)) + content.replaceAll("%7B(\\w+)%7D", "{$1}"));
        }

        private void json(String value) {
            data(value);
            headers.put("content-type", "application/json");
            headers.putIfAbsent("accept", "application/json");
        }

        CurlCommand command(String given) {
            String page = headers.containsKey("referer") ? Call.pathOf(URI.create(headers.get("referer"))) : null;
            String said = headers.remove("content-type");
            String type = said == null && !data.isEmpty() ? "application/x-www-form-urlencoded" : said;
            headers.keySet().removeIf(name -> name.matches(NOT_SENT));
            String chosen = method != null ? method : data.isEmpty() ? "GET" : "POST";
            URI address = URI.create(given.replace("{", "%7B").replace("}", "%7D"));
            String path = Call.pathOf(address).replace("%7B", "{").replace("%7D", "}");
            Call call = new Call(chosen, path, type, String.join("&", data), headers);
            return new CurlCommand(call, page, new ArrayList<>());
        }
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
