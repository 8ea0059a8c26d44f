package logout.launcher;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java in this process, and loads it beside what the program was started with. */
public final class SourceCompiler {

    private static final ClassLoader PARENT = SourceCompiler.class.getClassLoader();

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    /** Whether this Java has a compiler. */
    public boolean isThere() {
        return compiler != null;
    }

    /**
     * The class of a file, as it is now.
     *
     * @param root the folder of the packages
     * @param files all files to compile
     * @param main the one whose class is wanted
     * @throws MistakeException where it does not compile; the message says where and why
     */
    public Class<?> compile(Path root, List<Path> files, Path main) throws IOException {
        for (Path file : files) {
            text(file);
        }
        Path classes = Files.createTempDirectory("logout-classes");
        try {
            compile(files, classes);
            String name = root.relativize(main)
                    .toString()
                    .replace(File.separatorChar, '.')
                    .replaceFirst("\\.java$", "");
            try (NewClasses loader = new NewClasses(classes, PARENT)) {
                loader.loadAll();
                Class<?> loaded = loader.loadClass(name);
                // Where the file holds none now, there is that which the program was started with.
                if (loaded.getClassLoader() == loader) {
                    return loaded;
                }
                throw new ClassNotFoundException(name);
            } catch (ClassNotFoundException | LinkageError e) {
                throw new MistakeException(main.getFileName() + " holds no class " + name + ".");
            }
        } finally {
            delete(classes);
        }
    }

    /**
     * What a file holds.
     *
     * @throws MistakeException where that is not UTF-8
     */
    public static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new MistakeException(file.getFileName() + " is not UTF-8.");
        }
    }

    private void compile(List<Path> sources, Path classes) throws IOException {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none");
            var units = files.getJavaFileObjectsFromPaths(sources);
            if (!compiler.getTask(null, files, problems, options, null, units).call()) {
                throw new MistakeException(problems.getDiagnostics().stream()
                        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                        .map(SourceCompiler::sentence)
                        .findFirst()
                        .orElse("The source does not compile."));
            }
        }
    }

    private static String sentence(Diagnostic<? extends JavaFileObject> problem) {
        String message =
                problem.getMessage(Locale.ENGLISH).lines().map(String::strip).collect(Collectors.joining("\n"));
        if (problem.getSource() == null) {
            return message;
        }
        Path file = Path.of(problem.getSource().toUri());
        return file.getFileName() + ", line " + problem.getLineNumber() + ": " + message;
    }

    /** All that this program was started with. Maven's own start hides it from the usual property. */
    public static String classPath() {
        if (PARENT instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    /** The source has a mistake; the message says where, and which. */
    public static final class MistakeException extends IOException {
        private static final long serialVersionUID = 1L;

        /** With a sentence. */
        public MistakeException(String message) {
            super(message);
        }
    }

    /** The classes that were compiled just now come before those that the program was started with. */
    private static final class NewClasses extends URLClassLoader {
        private final Path folder;

        NewClasses(Path folder, ClassLoader parent) throws IOException {
            super(new URL[] {folder.toUri().toURL()}, parent);
            this.folder = folder;
        }

        /** Their files are deleted soon. */
        void loadAll() throws IOException, ClassNotFoundException {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    loadClass(nameOf(file));
                }
            }
        }

        private String nameOf(Path file) {
            return folder.relativize(file)
                    .toString()
                    .replace(File.separatorChar, '.')
                    .replaceFirst("\\.class$", "");
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && Files.exists(folder.resolve(name.replace('.', '/') + ".class"))) {
                    loaded = findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }
}
