package logout.docscheck;

import java.util.ArrayList;
import java.util.List;

/** The sentences that a run of the tests prints for one class, or some of them. The names are read, the tests not run. */
final class TestTree {

    private static final String TITLE = "── ";
    private static final String SENTENCE = "   ├─ ✔ ";
    private static final String LAST_SENTENCE = "   └─ ✔ ";
    private static final String AND_SO_ON = "   …";

    private TestTree() {}

    /**
     * The block as it is, where each of its sentences is a test of the class, in that order; else as many of the class's first
     * sentences.
     *
     * @param shown the class's title, then a line for each test, then an ellipsis where there are more
     * @param folder holds the test class, by its path from the root
     */
    static List<String> lines(List<String> shown, String folder) {
        String title = shown.isEmpty() ? "" : shown.get(0).replaceFirst("^" + TITLE, "");
        List<String> sentences = classTitled(title, folder).sentences();
        List<String> told = shown.stream()
                .skip(1)
                .filter(line -> !line.equals(AND_SO_ON))
                .map(line -> line.replaceFirst("^ *[├└]─ ✔ ", ""))
                .toList();
        return tree(title, isInOrder(told, sentences) ? told : firstOf(sentences, told.size()), sentences);
    }

    private static TestSource classTitled(String title, String folder) {
        List<TestSource> classes = TestSource.titled(title, folder);
        if (classes.size() != 1) {
            throw new AssertionError(classes.size() + " test classes below " + folder + " have @DisplayName(\"" + title
                    + "\"); the block must begin with \"" + TITLE + "\" and the name of one");
        }
        return classes.get(0);
    }

    private static boolean isInOrder(List<String> told, List<String> sentences) {
        List<Integer> places = told.stream().map(sentences::indexOf).toList();
        return !places.contains(-1)
                && places.equals(places.stream().sorted().distinct().toList());
    }

    private static List<String> firstOf(List<String> sentences, int count) {
        return sentences.subList(0, Math.min(count, sentences.size()));
    }

    private static List<String> tree(String title, List<String> told, List<String> sentences) {
        List<String> lines = new ArrayList<>();
        lines.add(TITLE + title);
        told.forEach(sentence -> lines.add(SENTENCE + sentence));
        if (told.size() < sentences.size()) {
            lines.add(AND_SO_ON);
        } else {
            lines.set(lines.size() - 1, LAST_SENTENCE + told.get(told.size() - 1));
        }
        return lines;
    }
}
