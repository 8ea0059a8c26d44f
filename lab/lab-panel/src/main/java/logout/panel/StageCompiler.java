package logout.panel;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
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
import logout.app.Stage;

/** Compiles the source of a stage in this process, and makes the stage of it. */
final class StageCompiler {

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final ClassLoader parent = StageCompiler.class.getClassLoader();

    /** Whether this Java has a compiler. */
    boolean isThere() {
        return compiler != null;
    }

    /**
     * The stage that the source makes now.
     *
     * @throws MistakeException where it does not compile, or makes no stage; the message says where and why
     */
    Stage compile(StageSource source) throws MistakeException, IOException {
        Path classes = Files.createTempDirectory("logout-stage");
        try {
            compile(source, classes);
            return load(source, classes);
        } finally {
            delete(classes);
        }
    }

    private void compile(StageSource source, Path classes) throws MistakeException, IOException {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8);
                Stream<Path> all = Files.walk(source.module().resolve("src/main/java"))) {
            List<Path> java =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none");
            boolean compiled = compiler.getTask(
                            null, files, problems, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            if (!compiled) {
                throw new MistakeException(problems.getDiagnostics().stream()
                        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                        .map(StageCompiler::sentence)
                        .findFirst()
                        .orElse("The source does not compile."));
            }
        }
    }

    private static String sentence(Diagnostic<? extends JavaFileObject> problem) {
        String message =
                problem.getMessage(Locale.ENGLISH).lines().map(String::strip).collect(Collectors.joining(" "));
        if (problem.getSource() == null) {
            return message;
        }
        Path file = Path.of(problem.getSource().toUri());
        return file.getFileName() + ", line " + problem.getLineNumber() + ": " + message;
    }

    /** All that this program was started with. Maven's own start hides it from the usual property. */
    private String classPath() {
        if (parent instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs())
                    .map(url -> Path.of(java.net.URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private Stage load(StageSource source, Path classes) throws MistakeException, IOException {
        String name = source.module()
                .resolve("src/main/java")
                .relativize(source.app())
                .toString()
                .replace(File.separatorChar, '.')
                .replaceFirst("\\.java$", "");
        try (NewClasses loader = new NewClasses(classes, parent)) {
            loader.loadAll();
            return (Stage) loader.loadClass(name).getField("STAGE").get(null);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new MistakeException(source.app().getFileName() + " makes no stage: " + cause + ".");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    /** The source has a mistake; the message says where, and which. */
    static final class MistakeException extends Exception {
        private static final long serialVersionUID = 1L;

        MistakeException(String message) {
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
