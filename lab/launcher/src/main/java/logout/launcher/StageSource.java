package logout.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logout.app.Stage;
import logout.panel.RouteSource;
import logout.panel.StageCode;

/** The source of a stage of the story, which the lab panel shows. */
public final class StageSource extends LiveSource {

    private final Stage stage;
    private final StageCode code;
    private final Path app;
    private final String committed;
    private String text;

    /**
     * The source of a running stage in this folder: its own, or a copy of it.
     *
     * @throws IOException where the app class is not there
     */
    public StageSource(StageWithPanel running, Path module) throws IOException {
        super(running, app(running, module), module.resolve(JAVA), module, module.getParent());
        stage = running.server().stage();
        code = running.panel().code();
        app = app(running, module);
        isTaken();
        text = text();
        committed = committed();
        code.runs(text, committed);
    }

    /** The file of the app class, whose text the build has put beside the classes. */
    private static Path app(StageWithPanel running, Path module) {
        Stage stage = running.server().stage();
        return module.resolve(JAVA + stage.folder()).resolve(RouteSource.file(stage));
    }

    /** The source of a stage that was started from it; none where the stage runs from a jar, or is made up. */
    static Stream<LiveSource> of(StageWithPanel running) {
        URL built = StageSource.class.getResource(running.server().stage().folder() + "/source/now.java");
        if (built == null || !built.getProtocol().equals("file")) {
            return Stream.empty();
        }
        try {
            String module = built.toString().replaceFirst("/target/classes/logout/.*", "/");
            return Stream.of(new StageSource(running, Path.of(URI.create(module))));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    @Override
    protected Stage stage(Class<?> edited) throws IOException, ReflectiveOperationException {
        text = text();
        return (Stage) edited.getField("STAGE").get(null);
    }

    @Override
    protected void took(Class<?> edited, String mistake) {
        if (mistake == null) {
            code.runs(text, committed);
            System.out.println("  Stage " + stage.number() + ": the edit is taken.");
        } else {
            code.edited(mistake);
            System.out.println("  Stage " + stage.number() + " goes on as it was. " + mistake);
        }
    }

    private String text() throws IOException {
        return new String(Files.readAllBytes(app), StandardCharsets.UTF_8);
    }

    /** The text of the app class as Git has committed it. Where Git cannot tell, or hangs, that is the one that was read first. */
    private String committed() {
        try {
            Process git = new ProcessBuilder("git", "show", "HEAD:./" + app.getFileName())
                    .directory(app.getParent().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // Whoever reads a pipe waits until its other end is closed, however long that takes.
            String shown = CompletableFuture.supplyAsync(() ->
                            git.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n")))
                    .completeOnTimeout("", 5, TimeUnit.SECONDS)
                    .join();
            git.destroyForcibly();
            return shown.isEmpty() ? text : shown;
        } catch (IOException e) {
            return text;
        }
    }
}
