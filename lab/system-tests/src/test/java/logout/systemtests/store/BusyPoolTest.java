package logout.systemtests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import logout.sidebyside.Logout;
import logout.systemtests.LockedRow;
import logout.systemtests.PostgreSql;
import logout.systemtests.Requests;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import logout.testing.RunningStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A database whose connections are all in use")
class BusyPoolTest {

    private static final int CONNECTIONS = 8;

    private final Requests requests = new Requests(Logout.STAGE_4);

    @Test
    void is_waited_for_and_not_taken_for_a_dead_one() throws SQLException {
        try (RunningStage stage = RunningStage.of(Logout.STAGE_4.stage())
                .on(PostgreSql.freshAddress())
                .start()) {
            String ada = requests.logInAndKeepNote(stage.address());
            String other = requests.logInAndKeepNote(stage.address());
            openAll(stage.database().dataSource());

            try (LockedRow row = new LockedRow(stage, ada)) {
                List<RawConnection> slow = sent(stage, requests.save(ada, "bread"));
                row.awaitWaiting(CONNECTIONS);

                List<RawConnection> quick = sent(stage, requests.get("/api/me", other));

                assertThat(quick).map(RawConnection::reply).allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(200);
                    assertThat(reply.body()).isEqualTo("{\"user\":\"ada\"}");
                });
                // The database has given up the slow statements meanwhile; else the others would have got no
                // connection.
                assertThat(slow)
                        .map(RawConnection::reply)
                        .extracting(RawReply::status)
                        .containsOnly(503);
            }
        }
    }

    /** On a busy machine it takes a while to open them one after the other, and the first request does not wait so long. */
    private static void openAll(DataSource pool) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(pool.getConnection());
        }
        for (Connection connection : all) {
            connection.close();
        }
    }

    /** As often as there are connections. */
    private static List<RawConnection> sent(RunningStage stage, RawRequest request) {
        return Stream.generate(() -> new RawConnection(stage.address()).send(request))
                .limit(CONNECTIONS)
                .toList();
    }
}
