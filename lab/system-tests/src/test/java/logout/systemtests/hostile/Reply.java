package logout.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * All that a server sent on one connection.
 *
 * @param text its bytes, each as one character: nothing, one reply or several
 */
record Reply(String text) {

    private static final Pattern STATUS_LINE = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3}) ");

    /** The status of each reply, in order. */
    List<Integer> statuses() {
        return STATUS_LINE
                .matcher(text)
                .results()
                .map((MatchResult line) -> Integer.valueOf(line.group(1)))
                .toList();
    }

    /** The status of the first reply; 0 where there was none. */
    int status() {
        return statuses().isEmpty() ? 0 : statuses().get(0);
    }

    /** It is no failure of the server's (505 refuses a version), and tells nothing about its inside, nor this id. */
    void assertTellsNothing(String id) {
        assertThat(statuses()).as(text).allMatch(status -> status < 500 || status == 505);
        assertThat(text)
                .doesNotContain(id)
                .doesNotContainIgnoringCase("jetty", "\nserver:", "x-powered-by", "exception", "\tat ", "java.");
    }
}
