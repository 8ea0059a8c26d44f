package logout.trust.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * A reply, as it came over the wire.
 *
 * @param status of the status line
 * @param head the header lines
 * @param body what follows them
 */
record RawReply(int status, List<String> head, String body) {

    static RawReply parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        assertThat(text).as("a reply").startsWith("HTTP/1.1 ");
        String[] headAndBody = text.split("\r\n\r\n", 2);
        List<String> lines = headAndBody[0].lines().toList();
        return new RawReply(
                Integer.parseInt(lines.get(0).split(" ")[1]), lines.subList(1, lines.size()), headAndBody[1]);
    }

    /** All values of a header. */
    List<String> headers(String name) {
        String start = name + ": ";
        return head.stream()
                .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    /** The only value of a header. */
    String header(String name) {
        assertThat(headers(name)).as(name).hasSize(1);
        return headers(name).get(0);
    }
}
