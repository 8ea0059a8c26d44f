package logout.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The users of one experiment: each logs in with a jar of its own, is seen logged in, and is logged out again. */
final class Users {

    private final LogoutUnderTest app;
    private final String agent;
    private final List<String> locations = new ArrayList<>();

    /** Those who hold, or held, sessions that are to end. */
    private final List<HttpUser> holders = new ArrayList<>();

    private List<String> withheld = List.of();
    private int logins;

    /** A copy of who is logged in for a look, from before it; null where nobody is. */
    private HttpUser guest;

    Users(LogoutUnderTest app) {
        this.app = app;
        this.agent = app.agent() + "; " + UUID.randomUUID();
    }

    String agent() {
        return agent;
    }

    int logins() {
        return logins;
    }

    /** Where the replies to a login or a logout have redirected. */
    List<String> locations() {
        return locations;
    }

    /** From now on, nobody who is logged in for a look holds the cookies of these names. */
    void withhold(List<String> names) {
        withheld = names;
    }

    HttpUser newUser() {
        return app.newUser(agent);
    }

    /** Somebody who is logged in for a look. Whoever was before is logged out. */
    HttpUser loggedIn() throws IOException {
        HttpUser user = newUser();
        logInForALook(user);
        if (!withheld.isEmpty() && !app.isLoggedIn(user)) {
            throw new IOException("nobody is logged in without the cookie " + String.join(" and ", withheld));
        }
        return user;
    }

    void logInForALook(HttpUser user) throws IOException {
        leave();
        logIn(user);
        withheld.forEach(user.jar()::drop);
        guest = user.copy();
    }

    /** Logs somebody in, and proves it. */
    void logIn(HttpUser user) throws IOException {
        logins++;
        List<HttpResponse<String>> replies = app.logIn(user);
        addLocations(replies);
        holders.addAll(List.of(user, user.copy()));
        if (!app.isLoggedIn(user)) {
            throw new IOException(
                    "a login was answered " + replies.get(0).statusCode() + ", and then nobody was logged in");
        }
    }

    /** The replies to a logout; none where the first has not come in time. */
    List<HttpResponse<String>> logOut(HttpUser user, Call call) throws IOException {
        try {
            List<HttpResponse<String>> replies = app.logOut(app.atLogout(user), call);
            addLocations(replies);
            return replies;
        } catch (HttpTimeoutException e) {
            return List.of();
        } finally {
            copyOf(user);
        }
    }

    /** Logs out whoever is logged in for a look, so that little is left behind; how that goes says nothing any more. */
    private void leave() {
        HttpUser last = guest;
        guest = null;
        if (last != null && app.cookieName() == null) {
            tried(() -> app.logOut(last, app.logout(last).call()));
        }
    }

    /** Another user, who holds the same; the sessions that she comes to will end, too. */
    HttpUser copyOf(HttpUser user) {
        HttpUser copy = user.copy();
        holders.add(copy);
        return copy;
    }

    /** Ends the sessions that were left, as if nobody had ever been there. */
    void end() {
        holders.stream().map(this::cookieOf).filter(Objects::nonNull).distinct().forEach(app::end);
    }

    /** The value of the session cookie that a user holds, or null. */
    String cookieOf(HttpUser user) {
        return app.cookieName() == null ? null : user.cookie(app.cookieName());
    }

    private void addLocations(List<HttpResponse<String>> replies) {
        replies.forEach(reply -> locations.addAll(reply.headers().allValues("Location")));
    }

    /** Something that an app may not answer. */
    interface Attempt {
        void run() throws IOException;
    }

    /** Why an attempt showed nothing, as the end of a sentence; null where it did. Whoever was logged in for it leaves. */
    String tried(Attempt attempt) {
        try {
            attempt.run();
            return null;
        } catch (IOException | UncheckedIOException e) {
            return Observation.notSeen(e).reason();
        } finally {
            leave();
        }
    }
}
