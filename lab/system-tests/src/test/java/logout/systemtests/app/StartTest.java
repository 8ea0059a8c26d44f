package logout.systemtests.app;

import static logout.testing.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import logout.app.Stage;
import logout.app.StartException;
import logout.app.server.LoopbackServer;
import logout.app.session.Database;
import logout.launcher.StageWithPanel;
import logout.systemtests.TestDatabase;
import logout.testing.Browser;
import logout.testing.QuickAccounts;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a stage listens: on both loopback addresses, or not at all; and what stays of it when it is closed. */
@Isolated("looks at the threads and the memory of this process, and needs ports that nobody takes in between")
class StartTest {

    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";

    private static final Set<String> PARTS = Set.of(
            "logout.app.server.StageServer",
            "logout.panel.LabPanel",
            "spark.http.matching.MatcherFilter",
            "com.zaxxer.hikari.HikariDataSource",
            "org.h2.engine.Database");

    @AutoClose
    private final Database database = Database.at(TestDatabase.H2.freshAddress());

    /** The first server of a process loads what runs threads for good. */
    @BeforeAll
    static void load() {
        RunningStage.of(TestStage.STAGE).start().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {IPV4, IPV6})
    void it_answers_on_each_loopback_address_at_the_same_port(String address) throws IOException {
        InetAddress loopback = thisMachines(address);
        try (StageWithPanel stage = start(TestStage.STAGE, 0, database);
                RawConnection connection =
                        new RawConnection(loopback, stage.server().address().getPort())) {
            RawReply reply = connection
                    .send(RawRequest.of("GET", "/")
                            .host(stage.server().address().getAuthority()))
                    .reply();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).contains("Home page");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {IPV4, IPV6})
    void what_another_program_has_of_its_port_is_named_and_the_rest_is_left_free(String address) throws IOException {
        InetAddress loopback = thisMachines(address);
        try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> start(TestStage.STAGE, port, database))
                    .isInstanceOf(LoopbackServer.PortTakenException.class)
                    .hasMessage("Stage 9 cannot listen on port " + port + ": it is in use"
                            + (address.equals(IPV6) ? " at [::1]." : "."));

            String rest = address.equals(IPV6) ? IPV4 : IPV6;
            if (isThisMachines(rest)) {
                assertFree(port, InetAddress.getByName(rest));
            }
        }
    }

    @Test
    void there_is_no_port_beyond_65535() {
        assertThatThrownBy(() -> start(TestStage.STAGE, 65_536, database))
                .isInstanceOf(StartException.class)
                .hasMessage("There is no port 65536: ports go from 0 to 65535.");
    }

    @Test
    void where_it_fails_its_port_is_free_again_and_its_threads_are_gone() throws IOException {
        int port = freePort();
        Set<Thread> before = threads();
        Database closed = Database.at(TestDatabase.H2.freshAddress());
        closed.close();

        assertThatThrownBy(() -> start(TestStage.STAGE, port, closed))
                .isInstanceOf(StartException.class)
                .isNotInstanceOf(LoopbackServer.PortTakenException.class);

        assertThatEventually(
                () -> {
                    Set<Thread> more = threads();
                    more.removeAll(before);
                    return more;
                },
                Set::isEmpty);
        try (StageWithPanel stage = start(TestStage.STAGE, port, database)) {
            assertThat(Browser.at(stage.server()).get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void where_its_routes_fail_its_port_is_free_again() throws IOException {
        int port = freePort();
        Stage stage = new Stage(9, "Fails", "Fails.", (spark, app) -> {
            throw new IllegalStateException("no route");
        });

        assertThatThrownBy(() -> start(stage, port, database)).hasMessageContaining("no route");

        assertFree(port, InetAddress.getByName(IPV4));
    }

    @Test
    void when_it_is_closed_nothing_of_it_stays_in_memory() {
        Map<String, Integer> before = inMemory();
        for (int i = 0; i < 10; i++) {
            try (RunningStage stage = RunningStage.of(TestStage.STAGE).start()) {
                stage.newBrowser().get("/");
                stage.server().replace(stage.stage());
                if (i == 0) {
                    assertThat(inMemory()).containsOnlyKeys(PARTS);
                }
            }
        }

        assertThatEventually(
                StartTest::inMemory,
                after -> after.keySet().stream().allMatch(part -> after.get(part) <= before.getOrDefault(part, 0)));
    }

    private static StageWithPanel start(Stage stage, int port, Database database) {
        return StageWithPanel.start(stage, port, database, QuickAccounts.ALL);
    }

    private static InetAddress thisMachines(String address) throws IOException {
        assumeTrue(isThisMachines(address), "This machine has no " + address + ".");
        return InetAddress.getByName(address);
    }

    private static boolean isThisMachines(String address) throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
    }

    /** What servers run: the threads of Jetty, and the one in which Spark waits for the end of it. */
    private static Set<Thread> threads() {
        Predicate<String> ofServers = name -> name.startsWith("qtp") || name.startsWith("Session-Scheduler");
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        ofServers.test(thread.getName()) || thread.getName().startsWith("Thread-"))
                .collect(Collectors.toSet());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(IPV4))) {
            return socket.getLocalPort();
        }
    }

    private static void assertFree(int port, InetAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, address)) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    /** How many objects there are of each of a stage's parts, garbage left out. */
    private static Map<String, Integer> inMemory() {
        try {
            Object histogram = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {null},
                            new String[] {String[].class.getName()});
            // A line is a rank, a number of objects, their bytes, and a class.
            return histogram
                    .toString()
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 3 && PARTS.contains(words[3]))
                    .collect(Collectors.toMap(words -> words[3], words -> Integer.valueOf(words[1])));
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
