package logout.docscheck;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of this project, or the lines between two tags in it. */
final class SourceCode {

    private static final Pattern ARGUMENT = Pattern.compile("(\\S+)(?:\\s+tag:\\s+(\\S+))?");
    private static final Pattern ANY_TAG = Pattern.compile(".*\\b(tag|end)::[\\w-]+\\[].*");

    private SourceCode() {}

    /**
     * The lines as a page shows them: without tags, and without the indentation that all of them have.
     *
     * @param argument {@code FILE} or {@code FILE tag: NAME}, the file by its path from the root
     */
    static List<String> lines(String argument) {
        Matcher matcher = ARGUMENT.matcher(argument);
        if (!matcher.matches()) {
            throw new AssertionError(
                    "the marker must read `code: FILE` or `code: FILE tag: NAME`, not `" + argument + "`");
        }
        String file = matcher.group(1);
        if (!Files.isRegularFile(Project.path(file))) {
            throw new AssertionError("there is no file " + file);
        }
        List<String> lines = Project.lines(file);
        List<String> chosen = matcher.group(2) == null ? lines : between(lines, matcher.group(2), file);
        return dedented(
                chosen.stream().filter(line -> !ANY_TAG.matcher(line).matches()).toList());
    }

    private static List<String> between(List<String> lines, String tag, String file) {
        int begin = indexOf(lines, "tag::" + tag + "[]", file);
        int end = indexOf(lines, "end::" + tag + "[]", file);
        return lines.subList(begin + 1, end);
    }

    private static int indexOf(List<String> lines, String tag, String file) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(tag)) {
                return i;
            }
        }
        throw new AssertionError("there is no line `" + tag + "` in " + file);
    }

    private static List<String> dedented(List<String> lines) {
        int indent = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .toList();
    }
}
