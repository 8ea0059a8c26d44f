package logout.trust.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import logout.sidebyside.Logout;
import logout.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Jetty has 64 threads. Its connections are the same at every stage, so one stage stands for all. */
@DisplayName("Slow clients do not keep others from logging out")
@Isolated("measures what memory this process uses")
class SlowClientsTest {

    /** More than there are threads. */
    private static final int MANY = 100;

    /** So many connections may wait to be taken. The next would be tried again a second later. */
    private static final int ROOM = 40;

    /** So many of one page on one connection that they do not fit between the server and who does not read them. */
    private static final int PAGES = 400;

    private static final int TEN_THOUSAND = 10_000;

    /** So many files and connections this process may need beside. */
    private static final int FOR_ALL_ELSE = 200;

    @AutoClose
    private final Victim victim = new Victim(Logout.STAGE_4);

    private final List<Socket> connections = new ArrayList<>();

    @BeforeEach
    void log_in() {
        victim.beLoggedIn();
    }

    @AfterEach
    void hang_up() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    @Test
    void many_bodies_that_do_not_come() {
        String begun = victim.request("PUT", "/api/note")
                .with("Content-Type: application/json")
                .with("Content-Length: 100")
                .body("{")
                .toString();
        open(MANY, begun);

        assertLogsOutSoon();
        assertThat(statusesOf(connections)).contains(503).doesNotContain(500);
    }

    @Test
    void many_bodies_that_come_in_chunks_drop_by_drop() {
        String begun = victim.request("PUT", "/api/note")
                .with("Content-Type: application/json")
                .with("Transfer-Encoding: chunked")
                .body("1\r\n{\r\n")
                .toString();
        open(MANY, begun);
        connections.forEach(connection -> trySend(connection, "1\r\n \r\n"));

        assertLogsOutSoon();
    }

    @Test
    void many_replies_that_are_not_read_and_are_whole_for_who_reads_them_late() {
        RequestText page = victim.request("GET", "/assets/lab-panel.css");
        Reply one = victim.send(page);
        String last = page.with("Connection: close").toString();
        IntStream.range(0, MANY)
                .forEach(i -> begin(
                        victim.wire().connectWithLittleRoom(), page.toString().repeat(PAGES) + last));

        assertLogsOutSoon();
        Reply late = readToTheEnd(connections.get(0));
        assertThat(late.statuses()).isEqualTo(Collections.nCopies(PAGES + 1, one.status()));
        assertThat(late.text())
                .hasSize((PAGES + 1) * one.text().length() + "Connection: close\r\n".length())
                .endsWith(one.text().split("\r\n\r\n", 2)[1]);
    }

    @Test
    void ten_thousand_connections_on_which_a_head_does_not_end_cost_no_thread_and_little_memory() {
        int number = tenThousandOrAsManyAsThereMayBe();
        long before = usedMemory();
        open(number, "GET /api/me HTTP/1.1\r\nHost: loc");

        assertLogsOutSoon();
        assertThat(usedMemory() - before)
                .as("bytes for both ends of " + number + " connections")
                .isLessThan(number * 16 * 1024L);
    }

    /** Both ends of a connection are in this process, which may have only so many open. */
    private static int tenThousandOrAsManyAsThereMayBe() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean process) {
            long free = process.getMaxFileDescriptorCount() - process.getOpenFileDescriptorCount() - FOR_ALL_ELSE;
            return (int) Math.min(TEN_THOUSAND, free / 2);
        }
        return TEN_THOUSAND;
    }

    /** Soon is before the 30 s are over after which Jetty lets go of a connection. */
    private void assertLogsOutSoon() {
        Eventually.until(
                "the logout is answered", () -> victim.send(victim.realLogout()).status() == 204);

        victim.assertLoggedOut();
    }

    private void open(int number, String beginning) {
        for (int i = 1; i <= number; i++) {
            begin(victim.wire().connect(), beginning);
            if (i % ROOM == 0) {
                // Answered when all that are open have been taken.
                victim.assertLoggedIn();
            }
        }
    }

    private void begin(Socket connection, String beginning) {
        connections.add(connection);
        trySend(connection, beginning);
    }

    private static void trySend(Socket connection, String text) {
        try {
            connection.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (SocketException e) {
            // The server has hung up, as it may.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statuses of those replies that are there. */
    private static List<Integer> statusesOf(List<Socket> connections) {
        return connections.stream()
                .map(SlowClientsTest::readWhatIsThere)
                .map(Reply::status)
                .toList();
    }

    private static Reply readToTheEnd(Socket connection) {
        try {
            return new Reply(new String(connection.getInputStream().readAllBytes(), ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply readWhatIsThere(Socket connection) {
        try {
            byte[] bytes = new byte[connection.getInputStream().available()];
            int read = connection.getInputStream().read(bytes);
            return new Reply(new String(bytes, 0, Math.max(0, read), ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In bytes: in the heap, and beside it, where Jetty reads to. */
    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long beside = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return runtime.totalMemory() - runtime.freeMemory() + beside;
    }
}
