package logout.docscheck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A test class, as its source has it: this project's style puts each annotation on a line of its own. */
final class TestSource {

    private static final Pattern TEST = Pattern.compile("( +)@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b.*");
    private static final Pattern ORDER = Pattern.compile(" +@Order\\((\\d+)\\)");
    private static final Pattern METHOD = Pattern.compile(" +[\\w<].*?\\b(\\w+)\\(.*");
    private static final Pattern TITLE = Pattern.compile("@DisplayName\\(\"(.*)\"\\)");

    private final List<String> lines;

    private TestSource(List<String> lines) {
        this.lines = lines;
    }

    static TestSource of(String file) {
        return new TestSource(Project.lines(file));
    }

    /** The classes with this title among those below a folder. */
    static List<TestSource> titled(String title, String folder) {
        return Project.filesBelow(folder, "Test.java").stream()
                .map(TestSource::of)
                .filter(source -> source.title().equals(Optional.of(title)))
                .toList();
    }

    private Optional<String> title() {
        return lines.stream()
                .map(TITLE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** The names of its test methods, in the order in which they are reported. */
    List<String> methods() {
        List<Method> methods = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher test = TEST.matcher(lines.get(i));
            if (test.matches()) {
                methods.add(methodAfter(i, test.group(1)));
            }
        }
        return methods.stream()
                .sorted(Comparator.comparing(Method::order))
                .map(Method::name)
                .toList();
    }

    /** The same as sentences. */
    List<String> sentences() {
        return methods().stream().map(name -> name.replace('_', ' ')).toList();
    }

    private Method methodAfter(int annotation, String indent) {
        int order = Integer.MAX_VALUE;
        for (String line : (Iterable<String>) membersAfter(annotation, indent)::iterator) {
            Matcher ordered = ORDER.matcher(line);
            Matcher method = METHOD.matcher(line);
            if (ordered.matches()) {
                order = Integer.parseInt(ordered.group(1));
            } else if (method.matches()) {
                return new Method(method.group(1), order);
            }
        }
        throw new AssertionError("No method after " + lines.get(annotation));
    }

    private Stream<String> membersAfter(int index, String indent) {
        return lines.stream().skip(index + 1).filter(line -> line.startsWith(indent) && !line.startsWith(indent + " "));
    }

    private record Method(String name, int order) {}
}
