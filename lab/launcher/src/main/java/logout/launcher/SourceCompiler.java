package logout.launcher;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java in memory, and loads it beside what the program was started with. */
public final class SourceCompiler {

    private static final ClassLoader PARENT = SourceCompiler.class.getClassLoader();

    private SourceCompiler() {}

    /** Whether this Java has a compiler. */
    public static boolean isThere() {
        return ToolProvider.getSystemJavaCompiler() != null;
    }

    /**
     * The class of this name, as these files have it now.
     *
     * @throws MistakeException where they do not compile, or have no such class; the message says where and why
     */
    public static Class<?> compile(List<Path> sources, String name) throws IOException, ClassNotFoundException {
        Map<String, ByteArrayOutputStream> classes = compile(sources);
        if (!classes.containsKey(name)) {
            String file = name.substring(name.lastIndexOf('.') + 1) + ".java";
            throw new MistakeException(file + " holds no class " + name + ".");
        }
        return new NewClasses(classes).loadClass(name);
    }

    private static Map<String, ByteArrayOutputStream> compile(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8);
                InMemory memory = new InMemory(files)) {
            List<String> options = List.of("-cp", classPath(), "-proc:none");
            var units = files.getJavaFileObjectsFromPaths(sources);
            if (!sources.isEmpty()
                    && !compiler.getTask(null, memory, problems, options, null, units)
                            .call()) {
                throw new MistakeException(problems.getDiagnostics().stream()
                        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                        .map(SourceCompiler::sentence)
                        .findFirst()
                        .orElse("The source does not compile."));
            }
            return memory.classes;
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

    /**
     * What a file holds.
     *
     * @throws MistakeException where that is not UTF-8
     */
    static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new MistakeException(file.getFileName() + " is not UTF-8.");
        }
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

    /** The source has a mistake; the message says where, and which. */
    public static final class MistakeException extends IOException {
        private static final long serialVersionUID = 1L;

        MistakeException(String message) {
            super(message);
        }
    }

    /** Takes the classes from the compiler, by their names. */
    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        InMemory(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject source) {
            return new SimpleJavaFileObject(URI.create("memory:/" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    classes.put(name, new ByteArrayOutputStream());
                    return classes.get(name);
                }
            };
        }
    }

    /** The classes that were compiled just now come before those that the program was started with. */
    private static final class NewClasses extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> classes;

        NewClasses(Map<String, ByteArrayOutputStream> classes) {
            super(PARENT);
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (classes.containsKey(name) && findLoadedClass(name) == null) {
                    byte[] code = classes.get(name).toByteArray();
                    return defineClass(name, code, 0, code.length);
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
