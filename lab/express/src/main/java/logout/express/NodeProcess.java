package logout.express;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Node.js that runs Express apps. It ends when it is closed, and with this program. */
final class NodeProcess implements AutoCloseable {

    private static final long START_SECONDS = 30;

    private final Process process;

    NodeProcess(Path folder, JsonObject wanted) throws ExpressUnavailableException {
        ProcessBuilder node = new ProcessBuilder("node", "server.js")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Not an argument: it may hold a password, and other users of this machine see all arguments.
        node.environment().put("EXPRESS_APPS", wanted.toString());
        try {
            process = node.start();
        } catch (IOException e) {
            throw new ExpressUnavailableException("Node.js did not start: " + e.getMessage());
        }
    }

    /** What it says first, once its apps answer: their addresses. */
    JsonObject told() throws ExpressUnavailableException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return process.inputReader().readLine();
            } catch (IOException e) {
                return null;
            }
        });
        JsonObject first;
        try {
            first = JsonParser.parseString(String.valueOf(line.get(START_SECONDS, TimeUnit.SECONDS)))
                    .getAsJsonObject();
        } catch (ExecutionException | TimeoutException | JsonSyntaxException | IllegalStateException e) {
            throw new ExpressUnavailableException(
                    "The Express apps did not start. `node server.js` in lab/express says more.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExpressUnavailableException("Stopped while the Express apps were starting.");
        }
        if (first.has("error")) {
            throw new ExpressUnavailableException(
                    "The Express apps did not start: " + first.get("error").getAsString() + ".");
        }
        return first;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
