package logout.check;

import static logout.check.CannotJudgeException.unless;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.Condition;

/**
 * What a file of {@code key = value} lines says of an app. A line that ends with a backslash goes on in the next one.
 *
 * @param values of the keys that stand there once
 * @param requests that a key describes, in their order
 * @param headers what each request of the app's own pages has, by the headers' names
 * @param names what may stand in braces, with its value; that is empty where only a reply or a login tells it
 */
record Description(
        Map<String, String> values,
        Map<String, List<CurlCommand>> requests,
        Map<String, String> headers,
        Map<String, String> names) {

    private static final List<String> KEYS =
            List.of(("address user password password-env personal marker login-page login logout note note-page header"
                            + " jdbc table key accept timeout insecure")
                    .split(" "));
    private static final List<String> PAGES = List.of("personal", "login-page", "note-page");
    private static final List<String> REQUESTS = List.of("login", "logout", "note");
    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
    private static final Pattern CAPTURE = Pattern.compile("capture\\s+([A-Za-z]\\w*)");
    private static final List<String> CONDITIONS =
            Stream.of(Condition.values()).map(Condition::id).toList();

    /** What the values of some keys look like. */
    private static final Map<String, String> FORMS = Map.of(
            "timeout", "[1-9]\\d{0,2}",
            "insecure", "yes|no",
            "header", "[\\w-]+\\s*:\\s*\\S.*",
            "accept", "((" + String.join("|", CONDITIONS) + ")([,\\s]+|$))*");

    static Description of(Path file) {
        try {
            String text = Files.readString(file);
            unless(text.indexOf(0) < 0, "encoding", file);
            Description description =
                    new Description(new HashMap<>(), new HashMap<>(), new LinkedHashMap<>(), new HashMap<>());
            description.read(text.replaceFirst("^\uFEFF", ""));
            description.insistOnUse();
            return description;
        } catch (CharacterCodingException e) {
            throw new CannotJudgeException("encoding", file);
        } catch (IOException e) {
            throw new CannotJudgeException("unreadable", file);
        }
    }

    private void read(String text) {
        CurlCommand last = null;
        for (String line : text.replaceAll("[^\\S\n]+(\n|$)", "$1").split("(?<!\\\\)\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] pair = line.split("=", 2);
            String key = pair[0].strip();
            String value = pair[pair.length - 1].strip();
            Matcher capture = CAPTURE.matcher(key);
            boolean isKnown = KEYS.contains(key) || capture.matches();
            unless(isKnown && pair.length == 2, "key", key, String.join(", ", KEYS));
            unless(value.matches(FORMS.getOrDefault(key, "(?s).*")), key, value, String.join(", ", CONDITIONS));
            if (capture.matches()) {
                unless(last != null, "capture-first", key);
                last.captures().add(Capture.parse(capture.group(1), value));
                names.put(capture.group(1), "");
            } else if (REQUESTS.contains(key)) {
                last = CurlCommand.parse(key, value);
                requests.computeIfAbsent(key, any -> new ArrayList<>()).add(last);
            } else if (PAGES.contains(key)) {
                unless(requests.put(key, List.of(CurlCommand.parse(key, value))) == null, "twice", key);
            } else if (key.equals("header")) {
                String[] header = value.split("\\s*:\\s*", 2);
                headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
            } else {
                unless(values.put(key, value) == null, "twice", key);
            }
        }
        if (text.contains("{unique}")) {
            names.put("unique", "");
        }
    }

    private void insistOnUse() {
        require("address");
        // It forges requests and plants ids: that is nothing for other people's machines.
        String host = address().getHost();
        InetAddress machine = host == null ? null : new InetSocketAddress(host, 0).getAddress();
        unless(machine != null && machine.isLoopbackAddress(), "address");
        unless(requests.containsKey("personal"), "lacking", "personal");
        if (requests("login").isEmpty()) {
            require("user", values.containsKey("password-env") ? "password-env" : "password");
        }
        String variable = get("password-env");
        String password = variable == null ? get("password") : System.getenv(variable);
        unless(variable == null || password != null, "variable", variable);
        if (password != null) {
            names.put("password", password);
        }
        // What is never captured cannot be sent, and what is captured last cannot be either.
        NAME.matcher(String.join(" ", headers.values()))
                .results()
                .forEach(name -> unless(names.containsKey(name.group(1)), "header-name", name.group(1)));
        for (String key : List.of("logout", "note")) {
            List<CurlCommand> all = requests(key);
            unless(all.isEmpty() || all.get(all.size() - 1).captures().isEmpty(), "capture-last", key);
        }
    }

    void require(String... keys) {
        for (String key : keys) {
            unless(!values.getOrDefault(key, "").isEmpty(), "lacking", key);
        }
    }

    /** The value of a key, or null. */
    String get(String key) {
        return values.get(key);
    }

    URI address() {
        return URI.create(get("address").replaceFirst("/?$", "/"));
    }

    /** The one request of a key, or null. */
    Call request(String key) {
        return requests(key).stream().findFirst().map(CurlCommand::call).orElse(null);
    }

    /** The requests that a key describes, in their order; none where they have to be found. */
    List<CurlCommand> requests(String key) {
        return requests.getOrDefault(key, List.of());
    }

    /** A request of the app's own pages, with values in place of their names; a header for which one is not known yet is left out. */
    Call filled(Call call, Map<String, String> captured) {
        Map<String, String> values = new HashMap<>(names);
        values.putAll(captured);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(call.headers());
        values.forEach(
                (name, value) -> all.values().removeIf(header -> value.isEmpty() && header.contains("{" + name + "}")));
        all.replaceAll((name, header) -> sent(filled(header, values, value -> value)));
        UnaryOperator<String> encoded = value -> URLEncoder.encode(value, StandardCharsets.UTF_8);
        UnaryOperator<String> quoted =
                value -> new JsonPrimitive(value).toString().replaceAll("^\"|\"$", "");
        boolean isJson = String.valueOf(call.contentType()).contains("json");
        String body = filled(call.body(), values, isJson ? quoted : encoded);
        return new Call(call.method(), filled(call.path(), values, encoded), call.contentType(), body, all);
    }

    private static String filled(String text, Map<String, String> values, UnaryOperator<String> as) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(
                        values.containsKey(name.group(1)) ? as.apply(values.get(name.group(1))) : name.group()));
    }

    /** Name and password of a basic authentication are encoded when the password is known. */
    private static String sent(String header) {
        return header.matches("Basic .*:.*")
                ? "Basic "
                        + Base64.getEncoder().encodeToString(header.substring(6).getBytes(StandardCharsets.UTF_8))
                : header;
    }

    /** Whether a condition does not raise the exit status. */
    boolean accepts(Condition condition) {
        return List.of(values.getOrDefault("accept", "").split("[,\\s]+")).contains(condition.id());
    }
}
