package logout.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import logout.sidebyside.Logout;
import logout.systemtests.Bystander;
import logout.testing.RawConnection;
import logout.testing.RawRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Nothing but the real request logs anyone out")
class InertRequestsTest {

    /** Stages 2 and 3 have the routes of stage 4. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STAGE_2", "STAGE_3"})
    void no_trick_logs_anyone_out_and_then_the_real_request_does(Logout logout) {
        try (Bystander ada = new Bystander(logout.stage())) {
            RawRequest real = ada.request(logout.method(), logout.path());
            Tricks.around(real, ada.stage().address().getPort()).forEach(trick -> {
                assertTellsNothing(exchange(ada, trick), ada.id());
                assertThat(ada.statusOfMe(ada.id())).as("after %s", trick).isEqualTo(200);
            });
            ada.assertUnchanged();

            assertThat(ada.send(real).status()).isEqualTo(logout.onPlainSite() ? 302 : 204);
            assertThat(ada.statusOfMe(ada.id())).isEqualTo(401);
        }
    }

    /** All that is replied until the server closes the connection, one reply or several; nothing where it resets it. */
    private static String exchange(Bystander ada, RawRequest request) {
        try (RawConnection connection = ada.connect()) {
            return connection.send(request).everything();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Not answered in time:\n" + request, e);
        } catch (SocketException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It is no failure of the server's (505 refuses a version), and tells nothing about its inside, nor this id. */
    private static void assertTellsNothing(String replies, String id) {
        assertThat(replies)
                .doesNotContainPattern("(?m)^HTTP/1\\.1 5(?!05)")
                .doesNotContain(id)
                .doesNotContainIgnoringCase("jetty", "\nserver:", "x-powered-by", "exception", "\tat ", "java.");
    }
}
