package logout.docscheck;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The headings of the benchmark's tables. Its figures differ from run to run and take minutes; the headings can be held to it. */
final class BenchmarkHeadings {

    private static final String SOURCE = "lab/benchmark/src/main/java/logout/benchmark/Benchmark.java";

    private BenchmarkHeadings() {}

    /** Fails where a table has another heading than those that the program prints, or where there is no table. */
    static void assertThoseOf(List<String> shown) {
        String source = String.join(" ", Project.lines(SOURCE))
                .replaceAll("\\s+", " ")
                .replace("( ", "(")
                .replace(" )", ")");
        List<String> headings = headings(shown).toList();
        if (headings.isEmpty()) {
            throw new AssertionError("there is no table of the benchmark");
        }
        for (String heading : headings) {
            if (!source.contains(asArguments(heading))) {
                throw new AssertionError(
                        "the benchmark prints no table with the heading " + heading + "; see " + SOURCE);
            }
        }
    }

    private static Stream<String> headings(List<String> lines) {
        return IntStream.range(1, lines.size())
                .filter(i -> lines.get(i).startsWith("| ---"))
                .mapToObj(i -> lines.get(i - 1));
    }

    /** As the source has it: {@code | rows | p50, ms |} is written {@code heading("rows", "p50, ms")}. */
    private static String asArguments(String heading) {
        return Stream.of(heading.split("\\|"))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining("\", \"", "heading(\"", "\")"));
    }
}
