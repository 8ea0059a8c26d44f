package logout.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Watches sources, and has each take what was saved. */
public final class LiveEdits implements AutoCloseable {

    /** Milliseconds between two looks at the times of a few files. (The JDK's own watching takes ten seconds on macOS.) */
    private static final long PAUSE_MS = 150;

    private final Supplier<? extends List<? extends LiveSource>> sources;
    private final Thread thread = new Thread(this::run, "live edits");

    private LiveEdits(Supplier<? extends List<? extends LiveSource>> sources) {
        this.sources = sources;
    }

    /** Watches from now on, at each look, the sources that are given for it. */
    public static LiveEdits watch(Supplier<? extends List<? extends LiveSource>> sources) {
        LiveEdits edits = new LiveEdits(sources);
        edits.thread.setDaemon(true);
        edits.thread.start();
        return edits;
    }

    private void run() {
        Map<Path, List<Long>> last = Map.of();
        try {
            while (true) {
                Thread.sleep(PAUSE_MS);
                List<? extends LiveSource> watched = sources.get();
                Map<Path, List<Long>> now = files(watched.stream().flatMap(LiveSource::roots));
                // An editor may write a file in pieces: it is taken when two looks find it the same.
                if (now.equals(last) && !now.isEmpty()) {
                    watched.forEach(source -> source.take(now));
                }
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The files there, with the time of their last change, in milliseconds since 1970, and their length in bytes; none where a
     * look fails.
     */
    static Map<Path, List<Long>> files(Stream<Path> roots) {
        Map<Path, List<Long>> files = new HashMap<>();
        try {
            for (Path root : roots.filter(Files::exists).collect(Collectors.toSet())) {
                try (Stream<Path> all = Files.walk(root)) {
                    for (Path file : (Iterable<Path>) all.filter(LiveEdits::isSource)::iterator) {
                        files.put(file, List.of(Files.getLastModifiedTime(file).toMillis(), Files.size(file)));
                    }
                }
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            // Somebody is just replacing a file; the next look finds it.
            return Map.of();
        }
    }

    /** Editors keep files of their own there, whose names begin with a dot. */
    private static boolean isSource(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
