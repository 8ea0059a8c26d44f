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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
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
    private static final Pattern CAPTURE = Pattern.compile("capture\\s+([A-Za-z]\\w*)");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, List<CurlCommand>> requests = new HashMap<>();
    private final Map<String, Call> pages = new HashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final URI address;

    private Description(String text) {
        parse(text.lines().toList());
        this.address = ofThisMachine(required("address"));
        required("personal");
        if (requests("login").isEmpty()) {
            required("user");
            required(values.containsKey("password-env") ? "password-env" : "password");
        }
        if (text.contains("{unique}")) {
            names.add("unique");
        }
        if (values.containsKey("password") || values.containsKey("password-env")) {
            password();
            names.add("password");
        }
        if (values.get("jdbc") != null) {
            required("table");
            required("key");
        }
        Stream.of("personal", "login-page", "note-page")
                .filter(values::containsKey)
                .forEach(key ->
                        pages.put(key, CurlCommand.parse(key, values.get(key)).call()));
        timeout();
        isInsecure();
        accepted();
        insistOnUse();
    }

    /** What is never captured cannot be sent, and what is captured last cannot be either. */
    private void insistOnUse() {
        List<String> unknown = headers.values().stream()
                .flatMap(value -> Pattern.compile("\\{(\\w+)}").matcher(value).results())
                .map(found -> found.group(1))
                .filter(name -> !names.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new CannotJudgeException("A header has {" + unknown.get(0) + "}, and no line \"capture "
                    + unknown.get(0) + " = …\" says where that comes from.");
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

    /** Reads a file. */
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

    private void parse(List<String> lines) {
        CurlCommand last = null;
        for (String line : joined(lines)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] pair = line.split("=", 2);
            String key = pair[0].strip();
            String value = pair[pair.length - 1].strip();
            Matcher capture = CAPTURE.matcher(key);
            if (pair.length != 2 || !KEYS.contains(key) && !capture.matches()) {
                throw new CannotJudgeException("The description has a line that begins with \"" + key
                        + "\". Its keys are: " + String.join(", ", KEYS) + ", and capture with a name.");
            } else if (capture.matches()) {
                addTo(last, Capture.parse(capture.group(1), value));
            } else if (REQUESTS.contains(key)) {
                last = CurlCommand.parse(key, value);
                requests.computeIfAbsent(key, any -> new ArrayList<>()).add(last);
            } else if (key.equals("header")) {
                addHeader(value.split("\\s*:\\s*", 2));
            } else if (values.put(key, value) != null) {
                throw new CannotJudgeException("The description has two lines for \"" + key + "\". Keep one of them.");
            }
        }
    }

    private void addTo(CurlCommand request, Capture capture) {
        if (request == null) {
            throw new CannotJudgeException("The line \"capture " + capture.name()
                    + "\" stands below the request in whose reply the value is: a login, a logout or a note.");
        }
        request.captures().add(capture);
        names.add(capture.name());
    }

    private void addHeader(String[] pair) {
        if (pair.length != 2 || !pair[0].matches("[\\w-]+") || pair[1].isEmpty()) {
            throw new CannotJudgeException(
                    "A header has a name and a value, such as \"header = Authorization: Bearer {token}\".");
        }
        headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
    }

    private static List<String> joined(List<String> lines) {
        List<String> joined = new ArrayList<>();
        StringBuilder begun = new StringBuilder();
        for (String line : lines) {
            begun.append(line.stripTrailing());
            if (line.stripTrailing().endsWith("\\")) {
                begun.append('\n');
            } else {
                joined.add(begun.toString());
                begun.setLength(0);
            }
        }
        joined.add(begun.toString());
        return joined;
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

    /** The value of a key. */
    private String required(String key) {
        String value = values.get(key);
        if (value == null || value.isEmpty()) {
            throw new CannotJudgeException("The description lacks a line \"" + key + " = …\".");
        }
        return value;
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
        return pages.get(key);
    }

    /** The requests that a key describes, in their order; none where they have to be found. */
    List<CurlCommand> requests(String key) {
        return requests.getOrDefault(key, List.of());
    }

    /** What each request of the app's own pages has, by the headers' names. */
    Map<String, String> headers() {
        return headers;
    }

    /** What may stand in braces. */
    Set<String> names() {
        return names;
    }

    String password() {
        String variable = values.get("password-env");
        if (variable == null) {
            return required("password");
        }
        String password = System.getenv(variable);
        if (password == null) {
            throw new CannotJudgeException("There is no environment variable " + variable + " with the password.");
        }
        return password;
    }

    /** How long a reply may take: 5 seconds, where the description does not say otherwise. */
    Duration timeout() {
        String given = values.getOrDefault("timeout", "5");
        if (!given.matches("[1-9]\\d{0,2}")) {
            throw new CannotJudgeException(
                    "The timeout is a number of seconds from 1 to 999, such as \"timeout = 15\".");
        }
        return Duration.ofSeconds(Long.parseLong(given));
    }

    /** Whether any certificate will do. */
    boolean isInsecure() {
        String given = values.getOrDefault("insecure", "no");
        if (!given.matches("yes|no")) {
            throw new CannotJudgeException(
                    "Say \"insecure = yes\" where any certificate will do, or leave that line out.");
        }
        return given.equals("yes");
    }

    /** The conditions that do not raise the exit status. */
    Set<Condition> accepted() {
        Set<Condition> accepted = EnumSet.noneOf(Condition.class);
        for (String id : values.getOrDefault("accept", "").split("[,\\s]+")) {
            if (!id.isEmpty()) {
                accepted.add(Stream.of(Condition.values())
                        .filter(condition -> condition.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new CannotJudgeException("\"accept\" names " + id
                                + ", which is no condition. They are: "
                                + Stream.of(Condition.values())
                                        .map(Condition::id)
                                        .collect(Collectors.joining(", "))
                                + ".")));
            }
        }
        return accepted;
    }
}
