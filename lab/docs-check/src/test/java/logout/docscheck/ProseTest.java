package logout.docscheck;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Prose in the pages")
class ProseTest {

    private static final int MAX_WORDS = 1100;

    /** From this length on, the same sentence twice is no accident. */
    private static final int WORDS_OF_A_SENTENCE = 12;

    private static final int WORDS_OF_A_PARAGRAPH = 8;

    /** What is not said here, and the word for it. Code is left out: other systems have other words. */
    private static final Map<String, String> OTHER_WORDS = Map.of(
            "log-outs?", "logout (what the app has), log out (what one does)",
            "session (storage|database|table|repository)", "session store",
            "(debug|debugging|inspector|lab) (box|pane|sidebar)", "lab panel",
            "refresh(es|ed|ing)? the session", "regenerate, or renew where a screen says so",
            "(clear|delet|remov|eras)(e|s|es|ed|ing)? the session(?! cookie|'s)", "destroy",
            "(destroy|invalidat)(e|s|es|ed|ing)? the (session )?cookie", "clear");

    @Order(1)
    @TestFactory
    Stream<DynamicTest> is_short_enough_to_be_read() {
        return Page.each(page -> {
            int words = page.prose().stream()
                    .mapToInt(node -> words(Page.plainText(node)))
                    .sum();
            return words <= MAX_WORDS
                    ? List.of()
                    : List.of(page.name() + " has " + words + " words of prose; at most " + MAX_WORDS
                            + " are read: cut, or make two pages of it");
        });
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    @Order(2)
    @TestFactory
    Stream<DynamicTest> is_said_on_one_page_only() {
        List<Page> all = Page.all();
        return Page.each(page -> all.stream()
                .filter(other -> !other.name().equals(page.name()))
                .flatMap(other -> repeated(page, other))
                .toList());
    }

    private static Stream<String> repeated(Page page, Page other) {
        List<String> others =
                other.prose().stream().flatMap(ProseTest::statements).toList();
        return page.prose().stream()
                .flatMap(node -> statements(node)
                        .filter(others::contains)
                        .map(statement -> page.placeOf(node) + ": " + other.name()
                                + " says this too; say it on one of them and" + " link it:\n  " + statement));
    }

    /** Sentences and whole paragraphs that are long enough to be told again. */
    private static Stream<String> statements(Node node) {
        String paragraph = Page.plainText(node).strip();
        Stream<String> sentences = Stream.of(paragraph.split("(?<=[.!?:;])\\s+"))
                .filter(sentence -> words(sentence) >= WORDS_OF_A_SENTENCE);
        return Stream.concat(sentences, Stream.of(paragraph).filter(whole -> words(whole) >= WORDS_OF_A_PARAGRAPH))
                .distinct();
    }

    @Order(3)
    @TestFactory
    Stream<DynamicTest> has_one_word_for_one_thing() {
        return Page.each(page -> page.prose().stream()
                .flatMap(node -> OTHER_WORDS.entrySet().stream()
                        .flatMap(word -> otherWords(node, word.getKey())
                                .map(found -> page.placeOf(node) + ": \"" + found + "\": the word here is "
                                        + word.getValue())))
                .toList());
    }

    private static Stream<String> otherWords(Node node, String pattern) {
        String spoken = Page.withDescendants(node)
                .map(part -> part instanceof Text text ? text.getLiteral() : " ")
                .collect(Collectors.joining());
        return Pattern.compile("\\b(?:" + pattern + ")\\b", Pattern.CASE_INSENSITIVE)
                .matcher(spoken)
                .results()
                .map(result -> result.group().strip());
    }
}
