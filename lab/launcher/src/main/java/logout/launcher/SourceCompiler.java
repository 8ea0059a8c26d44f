package logout.launcher;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java in memory, and loads it beside what the program was started with. */
public final class SourceCompiler {

    private static final ClassLoader PARENT = SourceCompiler.class.getClassLoader();

    private SourceCompiler() {}

    public static boolean isThere() {
        return ToolProvider.getSystemJavaCompiler() != null;
    }

    /**
     * The class of this name, as these files have it now.
     *
     * @throws IOException where they do not compile, or have no such class; the message says where and why
     */
    public static Class<?> compile(List<Path> sources, String name) throws IOException, ClassNotFoundException {
        NewClasses classes = new NewClasses();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-cp", classPath(), "-proc:none");
            var units = files.getJavaFileObjectsFromPaths(sources);
            var task = compiler.getTask(null, classes.filledFor(files), problems, options, null, units);
            if (!sources.isEmpty() && !task.call()) {
                throw new IOException(problems.getDiagnostics().stream()
                        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                        .map(SourceCompiler::sentence)
                        .findFirst()
                        .orElse("The source does not compile."));
            }
        }
        if (!classes.compiled.containsKey(name)) {
            String file = name.substring(name.lastIndexOf('.') + 1) + ".java";
            throw new IOException(file + " holds no class " + name + ".");
        }
        return classes.loadClass(name);
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

    /** The classes that were compiled just now, by their names, come before those that the program was started with. */
    private static final class NewClasses extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

        NewClasses() {
            super(PARENT);
        }

        /** Where the compiler puts them, which finds all else in these files. */
        JavaFileManager filledFor(StandardJavaFileManager files) {
            return new ForwardingJavaFileManager<>(files) {
                @Override
                public JavaFileObject getJavaFileForOutput(
                        Location location, String name, JavaFileObject.Kind kind, FileObject source) {
                    return new SimpleJavaFileObject(URI.create("memory:/" + name), kind) {
                        @Override
                        public OutputStream openOutputStream() {
                            return compiled.computeIfAbsent(name, none -> new ByteArrayOutputStream());
                        }
                    };
                }
            };
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (compiled.containsKey(name) && findLoadedClass(name) == null) {
                    byte[] code = compiled.get(name).toByteArray();
                    return defineClass(name, code, 0, code.length);
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
