package logout.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import logout.experiment.Call;
import logout.experiment.Condition;

/**
 * The requests that show a condition to somebody else, as lines of curl. The cookies are in a file that curl itself keeps, and
 * every secret has given its place to a name in braces.
 */
final class Evidence {

    private static final ResourceBundle STEPS = ResourceBundle.getBundle("logout.check.evidence", Locale.ROOT);
    private static final Pattern JSON =
            Pattern.compile("(\"([^\"\\\\]+)\"\\s*:\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d[\\d.]*)");
    private static final Pattern FORM = Pattern.compile("(([^=&?]+)=)([^&]*)");
    private static final String HARMLESS = "accept.*|content-type|origin|referer|x-requested-with";
    private static final String SECRET = "(?i).*(pass|pwd|secret|token|code|pin|csrf|xsrf|auth).*";

    private final Description description;

    /** What was sent by the keys of a description and by where it comes from. */
    private final Map<String, Map<Object, Call>> sent = new HashMap<>();

    Evidence(Description description) {
        this.description = description;
    }

    /** Remembers a request, before anything is filled in. */
    void add(String key, Object source, Call call) {
        sent.computeIfAbsent(key, any -> new LinkedHashMap<>()).put(source, call);
    }

    /** The lines for a condition, in their order. */
    List<String> of(Condition condition) {
        List<String> lines = new ArrayList<>();
        for (String step : STEPS.getString(condition.id()).split(", ")) {
            String key = step.split(" ")[0];
            List<Call> calls = List.copyOf(sent.getOrDefault(key, Map.of()).values());
            for (int i = 0; i < calls.size(); i++) {
                lines.add(line(key, i, step, calls.get(i)));
            }
        }
        return lines;
    }

    private String line(String key, int index, String step, Call call) {
        boolean late = step.contains(" -l");
        StringBuilder line = new StringBuilder("curl -sL" + ("yes".equals(description.get("insecure")) ? "k" : ""));
        // The steps of one login are one browser's.
        line.append(index > 0 && !step.contains(" -b") ? " -b jar.txt" : "")
                .append(step.replaceAll("^\\w+| -[lw]$", ""));
        boolean isOurs = !"visit get forged".contains(key);
        Map<String, String> headers = new LinkedHashMap<>(isOurs ? description.headers() : Map.of());
        // What a reply will tell is not known to the first request.
        headers.values().removeIf(value -> key.equals("login") && index == 0 && value.contains("{"));
        headers.putAll(call.headers());
        headers.forEach((name, value) -> {
            boolean isNamed = value.contains("{") && !value.startsWith("Basic ");
            boolean isShown = isNamed || name.toLowerCase(Locale.ROOT).matches(HARMLESS);
            line.append(" -H ").append(quoted(name + ": " + (isShown ? value : "{" + name + "}")));
        });
        String type = call.contentType() == null ? "application/x-www-form-urlencoded" : call.contentType();
        Pattern fields = type.contains("json") ? JSON : FORM;
        boolean isKnown = call.body().isEmpty() || type.matches(".*(json|form).*");
        String body = isKnown ? masked(fields, call.body(), key) : "{body}";
        line.append(type.startsWith("application/x-www-form") && !late ? "" : " -H " + quoted("Content-Type: " + type));
        boolean isPost = call.method().equals("POST");
        line.append(isPost && !late || call.method().equals("GET") ? "" : " -X " + call.method());
        line.append(late ? " -T -" : isPost || !body.isEmpty() ? " --data-raw " + quoted(body) : "");
        String path = masked(FORM, call.path(), key)
                .replaceAll("(?i)(;jsessionid=)[^?#/]*", "$1{id}")
                .replaceAll("(?<=/)(?=[^/?]*\\d)[\\w-]{20,}(?=[/?]|$)", "{id}");
        line.append(' ')
                .append(quoted(description.address().resolve("/").toString().replaceFirst("/$", "") + path));
        return late
                ? "(sleep 5; printf %s " + quoted(body) + ") | " + line + " &"
                : step.endsWith(" -w") ? "wait; " + line : line.toString();
    }

    /** With names in place of whatever may be a secret: all that a login sends, and what another site does not know of a logout. */
    private String masked(Pattern fields, String text, String key) {
        String forged = sent.getOrDefault("forged", Map.of()).values().stream()
                .map(call -> call.path() + "&" + call.body())
                .collect(Collectors.joining("&"));
        return fields.matcher(text).replaceAll(field -> {
            String name = field.group(2);
            String value = field.group(3).replaceAll("^\"|\"$", "");
            boolean isSecret = key.equals("login")
                    || value.matches(AttackerKnowledge.RANDOM)
                    || name.matches(SECRET)
                    || key.equals("logout") && !forged.contains(field.group());
            String quote = field.group(3).startsWith("\"") ? "\"" : "";
            boolean isShown = value.matches("\\{\\w+}|") || !isSecret;
            return Matcher.quoteReplacement(
                    isShown ? field.group() : field.group(1) + quote + "{" + name + "}" + quote);
        });
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
