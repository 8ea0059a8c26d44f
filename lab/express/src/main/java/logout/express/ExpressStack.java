package logout.express;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The logouts of the two texts on Express, running: one Node.js for each version of Passport, one app for each logout. */
public final class ExpressStack implements AutoCloseable {

    /** The file that holds the routes. */
    public static final String FILE = "logouts.js";

    private static final String POSTGRESQL = "jdbc:postgresql:";

    private final List<NodeProcess> processes = new ArrayList<>();
    private final List<ExpressLogout> logouts = new ArrayList<>();

    private ExpressStack() {}

    /**
     * Installs what is missing, starts the apps, and returns when they answer.
     *
     * @param options which apps
     * @param said is told what takes long
     * @throws ExpressUnavailableException where that cannot be done here
     */
    public static ExpressStack start(Options options, Consumer<String> said) throws ExpressUnavailableException {
        ExpressStack stack = new ExpressStack();
        try {
            Path folder = Npm.installed(said);
            String source = Files.readString(folder.resolve(FILE));
            // Both at once: most of a start is Node.js reading its modules.
            for (String passport : List.of("0.4", "0.7")) {
                stack.processes.add(new NodeProcess(folder, options.forPassport(passport)));
            }
            for (NodeProcess process : stack.processes) {
                stack.add(process.told(), source);
            }
            return stack;
        } catch (IOException e) {
            stack.close();
            throw new ExpressUnavailableException("The Express routes cannot be read: " + e.getMessage());
        } catch (ExpressUnavailableException e) {
            stack.close();
            throw e;
        }
    }

    private void add(JsonObject told, String source) {
        for (JsonElement app : told.getAsJsonArray("apps")) {
            JsonElement tag = app.getAsJsonObject().get("tag");
            List<String> code = tag == null ? List.of() : route(source, tag.getAsString());
            logouts.add(ExpressLogout.of(told, app.getAsJsonObject(), code));
        }
    }

    private static List<String> route(String source, String tag) {
        Matcher route = Pattern.compile("(?s)// tag::" + tag + "\\[]\\R[^\\n]*\\n(.*?)\\R};\\R// end::" + tag + "\\[]")
                .matcher(source);
        return route.find() ? route.group(1).stripIndent().lines().toList() : List.of();
    }

    /** Whether Express can keep its sessions in the database at this JDBC address. */
    public static boolean canUse(String databaseAddress) {
        return databaseAddress.startsWith(POSTGRESQL);
    }

    /** Its logouts, in the order of the story. */
    public List<ExpressLogout> logouts() {
        return List.copyOf(logouts);
    }

    /** The logout of this name for programs. */
    public ExpressLogout logout(String key) {
        return logouts.stream()
                .filter(logout -> logout.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        processes.forEach(NodeProcess::close);
    }

    /**
     * Which apps to run.
     *
     * @param express the version of Express, 4 or 5
     * @param databaseAddress the JDBC address of a PostgreSQL database for the sessions, or null for the memory of each app
     * @param session options of express-session, beside those that all apps have
     * @param logouts their names for programs; null for the seven of the story
     */
    public record Options(String express, String databaseAddress, Map<String, ?> session, List<String> logouts) {

        /** The seven logouts of the story, on Express 5. */
        public static Options of(Optional<String> databaseAddress) {
            String address = databaseAddress.filter(ExpressStack::canUse).orElse(null);
            return new Options("5", address, Map.of(), null);
        }

        private JsonObject forPassport(String passport) {
            JsonObject wanted = new Gson().toJsonTree(this).getAsJsonObject();
            wanted.addProperty("passport", passport);
            return wanted;
        }
    }
}
