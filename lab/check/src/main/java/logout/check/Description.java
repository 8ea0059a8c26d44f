package logout.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.experiment.Condition;

/** What a file of {@code key = value} lines says of an app. A line that ends with a backslash goes on in the next one. */
final class Description {

    private static final List<String> KEYS =
            List.of(("address user password password-env personal marker login-page login logout note note-page jdbc"
                            + " table key accept timeout insecure")
                    .split(" "));

    private final Map<String, String> values;
    private final URI address;

    private Description(Map<String, String> values) {
        this.values = values;
        this.address = ofThisMachine(required("address"));
        required("personal");
        if (values.get("login") == null) {
            required("user");
            password();
        }
        if (values.get("jdbc") != null) {
            required("table");
            required("key");
        }
        List.of("personal", "login-page", "note-page").forEach(this::insistOnPath);
        timeout();
        isInsecure();
        accepted();
    }

    /** Reads a file. */
    static Description of(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CannotJudgeException("There is no readable file " + file + ". It holds lines such as"
                    + " \"address = http://localhost:8080\".");
        }
        return new Description(parse(text(file, bytes).lines().toList()));
    }

    private static String text(Path file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf(0) >= 0) {
                throw new CharacterCodingException();
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new CannotJudgeException(
                    "The file " + file + " is not in UTF-8. Save it in that encoding; an editor may call"
                            + " the one that it has now UTF-16, ANSI or Latin-1.");
        }
    }

    private static Map<String, String> parse(List<String> lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : joined(lines)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] pair = line.split("=", 2);
            String key = pair[0].strip();
            if (pair.length != 2 || !KEYS.contains(key)) {
                throw new CannotJudgeException("The description has a line that begins with \"" + key
                        + "\". Its keys are: " + String.join(", ", KEYS) + ".");
            }
            if (values.put(key, pair[1].strip()) != null) {
                throw new CannotJudgeException("The description has two lines for \"" + key + "\". Keep one of them.");
            }
        }
        return values;
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

    private void insistOnPath(String key) {
        String path = values.getOrDefault(key, "/");
        if (!path.matches("/(?!/)[^\\s|\\\\^`{}<>\"]*|/|curl\\s.*")) {
            throw new CannotJudgeException(
                    "The address of \"" + key + "\" is malformed: it is a path of the app, such as /mine.");
        }
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
