package logout.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.Call;
import logout.experiment.Condition;

/** What a file of {@code key = value} lines says of an app. A line that ends with a backslash goes on in the next one. */
final class Description {

    private static final List<String> KEYS =
            List.of(("address user password password-env personal marker login-page login logout note note-page header"
                            + " jdbc table key accept timeout insecure")
                    .split(" "));
    private static final Set<String> REQUESTS = Set.of("login", "logout", "note");
    private static final Set<String> PAGES = Set.of("personal", "login-page", "note-page");
    private static final Pattern CAPTURE = Pattern.compile("capture\\s+([A-Za-z]\\w*)");
    private static final String CONDITIONS =
            Stream.of(Condition.values()).map(Condition::id).collect(Collectors.joining(", "));

    /** What a value looks like, and what is said of one that does not. */
    private record Form(String pattern, String otherwise) {}

    private static final Map<String, Form> FORMS = Map.of(
            "timeout",
            new Form("[1-9]\\d{0,2}", "The timeout is a number of seconds from 1 to 999, such as \"timeout = 15\"."),
            "insecure",
            new Form("yes|no", "Say \"insecure = yes\" where any certificate will do, or leave that line out."),
            "header",
            new Form(
                    "[\\w-]+\\s*:\\s*\\S.*",
                    "A header has a name and a value, such as \"header = Authorization: Bearer {token}\"."),
            "accept",
            new Form(
                    "(?:(?:" + CONDITIONS.replace(", ", "|") + ")(?:[,\\s]+|$))*",
                    "\"accept\" names %s, and there is something else than conditions in that. They are: " + CONDITIONS
                            + "."));

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, List<CurlCommand>> requests = new HashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final URI address;

    private Description(String text) {
        parse(text.lines().map(String::stripTrailing).collect(Collectors.joining("\n")));
        boolean hasVariable = values.containsKey("password-env");
        require("address", "personal");
        if (requests("login").isEmpty()) {
            require("user", hasVariable ? "password-env" : "password");
        }
        if (values.containsKey("jdbc")) {
            require("table", "key");
        }
        address = ofThisMachine(values.get("address"));
        if (text.contains("{unique}")) {
            names.put("unique", "");
        }
        String password = hasVariable ? System.getenv(values.get("password-env")) : values.get("password");
        if (password != null) {
            names.put("password", password);
        } else if (hasVariable) {
            throw new CannotJudgeException(
                    "There is no environment variable " + values.get("password-env") + " with the password.");
        }
        insistOnUse();
    }

    /** What is never captured cannot be sent, and what is captured last cannot be either. */
    private void insistOnUse() {
        Matcher name = Pattern.compile("\\{(\\w+)}").matcher(String.join(" ", headers.values()));
        while (name.find()) {
            if (!names.containsKey(name.group(1))) {
                throw new CannotJudgeException("A header has " + name.group() + ", and no line \"capture "
                        + name.group(1) + " = …\" says where that comes from.");
            }
        }
        for (String key : List.of("logout", "note")) {
            List<CurlCommand> commands = requests(key);
            if (!commands.isEmpty()
                    && !commands.get(commands.size() - 1).captures().isEmpty()) {
                throw new CannotJudgeException("A capture stands below the last " + key
                        + ", behind which nothing is sent. Put it below an earlier request.");
            }
        }
    }

    static Description of(Path file) {
        try {
            String text = Files.readString(file);
            if (text.indexOf(0) >= 0) {
                throw new CharacterCodingException();
            }
            return new Description(text.replaceFirst("^\uFEFF", ""));
        } catch (CharacterCodingException e) {
            throw new CannotJudgeException(
                    "The file " + file + " is not in UTF-8. Save it in that encoding; an editor may call"
                            + " the one that it has now UTF-16, ANSI or Latin-1.");
        } catch (IOException e) {
            throw new CannotJudgeException("There is no readable file " + file + ". It holds lines such as"
                    + " \"address = http://localhost:8080\".");
        }
    }

    private void parse(String text) {
        CurlCommand last = null;
        for (String line : text.split("(?<!\\\\)\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] pair = line.split("=", 2);
            String key = pair[0].strip();
            String value = pair[pair.length - 1].strip();
            Matcher capture = CAPTURE.matcher(key);
            Form form = FORMS.getOrDefault(key, new Form("(?s).*", ""));
            if (pair.length != 2 || !KEYS.contains(key) && !capture.matches()) {
                throw new CannotJudgeException("The description has a line that begins with \"" + key
                        + "\". Its keys are: " + String.join(", ", KEYS) + ", and capture with a name.");
            } else if (!value.matches(form.pattern)) {
                throw new CannotJudgeException(String.format(form.otherwise, value));
            } else if (capture.matches()) {
                addTo(last, Capture.parse(capture.group(1), value));
            } else if (REQUESTS.contains(key)) {
                last = CurlCommand.parse(key, value);
                requests.computeIfAbsent(key, any -> new ArrayList<>()).add(last);
            } else if (key.equals("header")) {
                String[] header = value.split("\\s*:\\s*", 2);
                headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
            } else if (values.put(key, value) != null) {
                throw new CannotJudgeException("The description has two lines for \"" + key + "\". Keep one of them.");
            } else if (PAGES.contains(key)) {
                requests.put(key, List.of(CurlCommand.parse(key, value)));
            }
        }
    }

    private void addTo(CurlCommand request, Capture capture) {
        if (request == null) {
            throw new CannotJudgeException("The line \"capture " + capture.name()
                    + "\" stands below the request in whose reply the value is: a login, a logout or a note.");
        }
        request.captures().add(capture);
        names.put(capture.name(), "");
    }

    /** It forges requests and plants ids: that is nothing for other people's machines. */
    private static URI ofThisMachine(String given) {
        try {
            URI address = URI.create(given.endsWith("/") ? given : given + "/");
            if (address.getHost() != null
                    && InetAddress.getByName(address.getHost()).isLoopbackAddress()) {
                return address;
            }
        } catch (IllegalArgumentException | UnknownHostException e) {
            // Not an address of this machine, as below.
        }
        throw new CannotJudgeException("The address must be one of this machine, such as http://localhost:8080."
                + " The check forges requests, so it is only done on an app that runs here.");
    }

    private void require(String... keys) {
        for (String key : keys) {
            if (values.getOrDefault(key, "").isEmpty()) {
                throw new CannotJudgeException("The description lacks a line \"" + key + " = …\".");
            }
        }
    }

    /** The value of a key, or null. */
    String get(String key) {
        return values.get(key);
    }

    URI address() {
        return address;
    }

    /** The one request of a key, or null. */
    Call request(String key) {
        return requests(key).stream().findFirst().map(CurlCommand::call).orElse(null);
    }

    /** The requests that a key describes, in their order; none where they have to be found. */
    List<CurlCommand> requests(String key) {
        return requests.getOrDefault(key, List.of());
    }

    /** What each request of the app's own pages has, by the headers' names. */
    Map<String, String> headers() {
        return headers;
    }

    /** What may stand in braces, with its value; that is empty where only a reply or a login tells it. */
    Map<String, String> names() {
        return names;
    }

    /** How long a reply may take. */
    Duration timeout() {
        return Duration.ofSeconds(Long.parseLong(values.getOrDefault("timeout", "5")));
    }

    /** Whether any certificate will do. */
    boolean isInsecure() {
        return "yes".equals(values.get("insecure"));
    }

    /** Whether a condition does not raise the exit status. */
    boolean accepts(Condition condition) {
        return List.of(values.getOrDefault("accept", "").split("[,\\s]+")).contains(condition.id());
    }
}
