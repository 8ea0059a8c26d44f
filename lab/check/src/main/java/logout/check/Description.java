package logout.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a file of {@code key = value} lines says of an app. A line that ends with a backslash goes on in the next one. */
final class Description {

    private static final List<String> KEYS =
            List.of(("address user password password-env personal marker login-page login logout note jdbc table key")
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
    }

    /** Reads a file. */
    static Description of(Path file) {
        try {
            return new Description(parse(Files.readAllLines(file)));
        } catch (IOException e) {
            throw new CannotJudgeException("There is no readable file " + file + ". It holds lines such as"
                    + " \"address = http://localhost:8080\".");
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
            values.put(key, pair[1].strip());
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
}
