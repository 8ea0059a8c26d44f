package logout.systemtests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logout.experiment.CookieJar;
import logout.systemtests.AllLogouts;
import logout.systemtests.LockedRow;
import logout.testing.RawConnection;
import logout.testing.RawReply;
import logout.testing.RawRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@DisplayName("Two logouts at once, and a login and a logout at once")
class AtOnceTest extends AllLogouts {

    @Test
    @Order(1)
    void two_logouts_that_wait_for_the_same_row_both_end_it_and_each_leaves_what_one_leaves() {
        try (RawConnection one = new RawConnection(stage.address());
                RawConnection another = new RawConnection(other.address())) {
            try (LockedRow row = LockedRow.of(stage, ada)) {
                one.send(requests.logOut(ada));
                another.send(requests.logOut(ada));
                row.awaitWaiting(2);
                assertThat(one.hasReply() || another.hasReply()).isFalse();
            }
            logouts.addAll(List.of(one.reply(), another.reply()));

            assertThat(logouts).extracting(RawReply::status).containsOnly(requests.loggedOut());
            assertLoggedOut();
        }
    }

    @Test
    @Order(2)
    void a_logout_during_a_login_in_the_same_browser_leaves_the_new_session_alone() {
        try (RawConnection slow = new RawConnection(stage.address()).begin(requests.logIn(ada))) {
            logOut();
            assertLoggedOut();

            String fresh = newCookie(slow.finish());

            assertLoggedInAnew(fresh);
        }
    }

    @Test
    @Order(3)
    void a_login_in_the_same_browser_while_a_logout_waits_leaves_the_new_session_alone() {
        try (RawConnection logoutConnection = new RawConnection(other.address());
                RawConnection loginConnection = new RawConnection(stage.address())) {
            try (LockedRow row = LockedRow.of(stage, ada)) {
                logoutConnection.send(requests.logOut(ada));
                row.awaitWaiting(1);
                loginConnection.send(requests.logIn(ada));
                row.awaitWaiting(2);
            }
            String fresh = newCookie(loginConnection.reply());

            // A logout that would change the row finds it gone if the login comes first, and says so.
            int status = logoutConnection.reply().status();
            assertThat(status).isIn(requests.loggedOut(), requests.leavesTheRow() ? 401 : requests.loggedOut());
            assertLoggedInAnew(fresh);
        }
    }

    @Test
    @Order(4)
    void two_logins_at_once_in_the_same_browser_are_two_sessions_and_the_old_one_is_gone() {
        RawRequest login = requests.logIn(ada);
        try (RawConnection one = new RawConnection(stage.address()).begin(login);
                RawConnection another = new RawConnection(other.address()).begin(login)) {
            one.write(login.body());
            another.write(login.body());
            String first = newCookie(one.reply());
            String second = newCookie(another.reply());

            assertThat(first).isNotEqualTo(second);
            assertLoggedInAnew(first);
            assertLoggedInAnew(second);
            assertThat(stage.rows()).hasSize(2);
        }
    }

    /** The browser keeps what the replies set in the order in which they come. A deletion names a cookie, not a session. */
    @Test
    @Order(5)
    void a_login_that_overtakes_the_reply_of_a_logout_loses_its_cookie_where_that_reply_sets_one() {
        RawReply logoutReply = logOut();
        RawReply loginReply = exchange(stage, requests.logIn(ada));
        String fresh = newCookie(loginReply);
        assertLoggedInAnew(fresh);

        CookieJar browser = new CookieJar();
        browser.keep(stage.address(), loginReply.headers("Set-Cookie"));
        browser.keep(stage.address(), logoutReply.headers("Set-Cookie"));

        String held =
                browser.value(stage.address(), stage.stage().sessionCookie().name());
        if (requests.leavesTheRow()) {
            assertThat(held).isEqualTo(fresh);
        } else {
            assertThat(held).isNotEqualTo(fresh);
            assertThat(stage.row(fresh).user()).as("the session of the login").isEqualTo("ada");
        }
    }

    private void assertLoggedInAnew(String fresh) {
        assertLoggedIn(fresh);
        assertThat(stage.row(fresh).note()).isNull();
        assertThat(isLoggedIn(ada)).isFalse();
        assertThat(stage.row(ada)).isNull();
    }
}
