package logout.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logout.experiment.Call;
import logout.experiment.Condition;
import logout.experiment.LogoutUnderTest.LogoutRequest;

/**
 * The requests that show a condition to somebody else, as lines of curl, and the logout that another site can forge: neither has
 * a secret. The cookies are in a file that curl itself keeps, and every secret has given its place to a name in braces.
 */
final class Evidence {

    private static final ResourceBundle STEPS = ResourceBundle.getBundle("logout.check.evidence", Locale.ROOT);
    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final Pattern JSON =
            Pattern.compile("(\"([^\"\\\\]+)\"\\s*:\\s*\"?)((?<=\")(?:[^\"\\\\]|\\\\.)*|-?\\d[\\d.]*)");
    private static final Pattern FORM = Pattern.compile("(([^=&?]+)=)([^&]*)");
    private static final String HARMLESS = "accept.*|content-type|origin|referer|x-requested-with";
    private static final String SECRET = "(?i).*(pass|pwd|secret|token|code|pin|csrf|xsrf|auth).*";

    /** A value of so many characters that are no words is taken for a token, even where it has not been seen to differ. */
    private static final String RANDOM = "(?=.*\\d).{16,}|[A-Za-z]{16,}";

    /** Headers that make no browser ask the app first, before it sends a request of another site. */
    private static final Set<String> SIMPLE = Set.of("accept", "Accept", "accept-language", "origin", "referer");

    private final Description description;

    /** What was sent by the keys of a description and by where it comes from. */
    private final Map<String, Map<Object, Call>> sent = new HashMap<>();

    /** The values that the fields of a logout had last, and those fields that differ from session to session. */
    private final Map<String, String> fields = new HashMap<>();

    private final Set<String> tokens = new HashSet<>();

    Evidence(Description description) {
        this.description = description;
    }

    /** Remembers a request, before anything is filled in. */
    void add(String key, Object source, Call call) {
        sent.computeIfAbsent(key, any -> new LinkedHashMap<>()).put(source, call);
    }

    /** A logout's request, and the same as a page of another site can make a browser send it: without its tokens. */
    LogoutRequest logout(Call call) {
        List<String> doubtful = new ArrayList<>();
        String[] address = call.path().split("\\?", 2);
        String query = address.length == 1 ? "" : known(address[1], doubtful);
        String path = query.isEmpty() ? address[0] : address[0] + "?" + query;
        boolean isForm = call.contentType() == null || call.contentType().startsWith(URLENCODED);
        String body = isForm ? known(call.body(), doubtful) : call.body();
        String type = isForm ? call.contentType() : "text/plain";
        Call forged = new Call(call.method(), path, type, body, Map.of()).navigation();
        add("forged", "", forged);
        add("get", "", Call.page(path));
        List<String> headers = new ArrayList<>(call.headers().keySet());
        headers.removeAll(SIMPLE);
        if (!isForm) {
            headers.add("Content-Type: " + call.contentType());
        }
        String lacks = " A page of another site cannot send " + String.join(" and ", headers)
                + " unless the app agrees to it first (a preflight).";
        String doubt = "the field " + String.join(" and ", doubtful)
                + " was the same for every session, so it is unknown whether an attacker knows it";
        return new LogoutRequest(call, forged, headers.isEmpty() ? "" : lacks, doubtful.isEmpty() ? null : doubt);
    }

    /** Those of the fields that another site knows; others differ, or look like tokens and have not been seen to differ. */
    private String known(String all, List<String> doubtful) {
        List<String> known = new ArrayList<>();
        for (MatchResult field : FORM.matcher(all).results().toList()) {
            String name = field.group(2);
            String before = fields.put(name, field.group(3));
            if (before != null && !before.equals(field.group(3))) {
                tokens.add(name);
            } else if (!tokens.contains(name) && !field.group(3).matches(RANDOM)) {
                known.add(field.group());
            } else if (!tokens.contains(name) && before != null) {
                doubtful.add(name);
            }
        }
        return String.join("&", known);
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
        line.append(step.replaceAll("^\\w+| -[lw]$", ""));
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
        String type = call.contentType() == null ? URLENCODED : call.contentType();
        boolean isKnown = call.body().isEmpty() || type.matches(".*(json|form).*");
        String body = isKnown ? masked(type.contains("json") ? JSON : FORM, call.body(), key) : "{body}";
        line.append(type.startsWith(URLENCODED) && !late ? "" : " -H " + quoted("Content-Type: " + type));
        boolean isPost = call.method().equals("POST");
        line.append(isPost && !late || call.method().equals("GET") ? "" : " -X " + call.method());
        line.append(late ? " -T -" : isPost || !body.isEmpty() ? " --data-raw " + quoted(body) : "");
        String path = masked(FORM, call.path(), key)
                .replaceAll("(?i)(;jsessionid=)[^?#/]*", "$1{id}")
                .replaceAll("(?<=/)(?=[^/?]*\\d)[\\w-]{20,}(?=[/?]|$)", "{id}");
        line.append(' ').append(quoted(description.address().resolve("/") + path.substring(1)));
        return late
                ? "(sleep 5; printf %s " + quoted(body) + ") | " + line + " &"
                : step.endsWith(" -w") ? "wait; " + line : line.toString();
    }

    /** With names in place of whatever may be a secret: all that a login sends, and what another site does not know of a logout. */
    private String masked(Pattern fields, String text, String key) {
        return fields.matcher(text).replaceAll(field -> {
            String name = field.group(2);
            String value = field.group(3);
            boolean isSecret =
                    key.equals("login") || value.matches(RANDOM) || name.matches(SECRET) || tokens.contains(name);
            boolean isShown = value.matches("\\{\\w+}|") || !isSecret;
            return Matcher.quoteReplacement(isShown ? field.group() : field.group(1) + "{" + name + "}");
        });
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
