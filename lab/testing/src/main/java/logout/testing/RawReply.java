package logout.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;

/**
 * A reply, as it came.
 *
 * @param status its status
 * @param headers its header lines
 * @param body its body
 */
public record RawReply(int status, List<String> headers, String body) {

    /** The values of all its headers of this name, in their order. */
    public List<String> headers(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }

    /** The only value of a header. */
    public String header(String name) {
        assertThat(headers(name)).as(name).hasSize(1);
        return headers(name).get(0);
    }
}
