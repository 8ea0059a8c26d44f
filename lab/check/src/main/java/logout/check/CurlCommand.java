package logout.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import logout.experiment.Call;

/**
 * A request as a browser's "Copy as cURL" gives it.
 *
 * @param call the request, without its cookies
 * @param page the path of the page that it was sent from, by its {@code Referer}; or null
 * @param dropped how many cookies were in it: they are stale
 */
record CurlCommand(Call call, String page, int dropped) {

    private static final Set<String> WITH_DATA =
            Set.of("-d", "--data", "--data-raw", "--data-ascii", "--data-binary", "--data-urlencode");
    private static final Set<String> WITHOUT_VALUE = Set.of(
            "--compressed",
            "-k",
            "--insecure",
            "-s",
            "--silent",
            "-i",
            "--include",
            "-v",
            "--verbose",
            "-L",
            "--location");

    /** What the client makes by itself, or what would be stale. */
    private static final Set<String> NOT_SENT = Set.of(
            "host", "content-length", "connection", "cookie", "expect", "upgrade", "transfer-encoding", "user-agent");

    private static final String FORM = "application/x-www-form-urlencoded";

    /** Reads the command, for the key of a description. */
    static CurlCommand parse(String key, String text) {
        if (text.contains("^\"") || text.contains("^\n") || text.endsWith("^")) {
            throw refused(key, "is quoted for Windows (^). Choose \"Copy as cURL (bash)\" in the browser.");
        }
        List<String> words = words(key, text);
        if (words.isEmpty() || !words.get(0).equals("curl")) {
            throw refused(key, "must begin with curl, as the browser's \"Copy as cURL\" gives it.");
        }
        String method = null;
        String url = null;
        List<String> data = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-")) {
                url = word;
            } else if (!WITHOUT_VALUE.contains(word)) {
                String value = i + 1 < words.size() ? words.get(++i) : "";
                switch (word) {
                    case "-X", "--request" -> method = value;
                    case "-H", "--header" -> addHeader(headers, value);
                    case "-b", "--cookie" -> headers.put("cookie", value);
                    case "--url" -> url = value;
                    default -> {
                        if (!WITH_DATA.contains(word)) {
                            throw refused(key, "has the option " + word + ", which is not understood here.");
                        }
                        data.add(value);
                    }
                }
            }
        }
        if (data.stream().anyMatch(one -> one.startsWith("@"))) {
            throw refused(key, "reads its data from a file (@). Put the data itself there.");
        }
        if (url == null) {
            throw refused(key, "has no address.");
        }
        int dropped = headers.containsKey("cookie") ? headers.get("cookie").split(";").length : 0;
        String body = String.join("&", data);
        String type = headers.remove("content-type");
        String page = headers.containsKey("referer") ? Call.pathOf(URI.create(headers.get("referer"))) : null;
        headers.keySet().removeIf(name -> NOT_SENT.contains(name) || name.startsWith("sec-") || name.startsWith("if-"));
        String chosen = method != null ? method : data.isEmpty() ? "GET" : "POST";
        String contentType = type != null ? type : data.isEmpty() ? null : FORM;
        return new CurlCommand(
                new Call(chosen, Call.pathOf(URI.create(url)), contentType, body, headers), page, dropped);
    }

    private static void addHeader(Map<String, String> headers, String line) {
        String[] pair = line.split(":", 2);
        if (pair.length == 2) {
            headers.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
        }
    }

    private static CannotJudgeException refused(String key, String why) {
        return new CannotJudgeException("The command of \"" + key + "\" " + why);
    }

    /** The words of a shell's line: in quotes, with backslashes, over several lines. */
    private static List<String> words(String key, String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        // A word in quotes may be empty.
        boolean begun = false;
        char quote = 0;
        boolean dollar = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                addIf(begun, words, word);
                begun = false;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                dollar = c == '\'' && word.toString().endsWith("$");
                if (dollar) {
                    word.setLength(word.length() - 1);
                }
                quote = c;
                begun = true;
            } else if (quote == c) {
                quote = 0;
            } else if (c == '\\' && (quote != '\'' || dollar)) {
                i++;
                if (i < text.length() && text.charAt(i) != '\n') {
                    word.append(dollar && text.charAt(i) == 'n' ? '\n' : text.charAt(i));
                    begun = true;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw refused(key, "has a quote that is not closed.");
        }
        addIf(begun, words, word);
        return words;
    }

    private static void addIf(boolean begun, List<String> words, StringBuilder word) {
        if (begun) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
