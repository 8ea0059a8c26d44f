package logout.experiment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** What the experiment is done on: one logout of an app, how the app is spoken to, and where its rows are. */
public interface LogoutUnderTest {

    /** The address of the app's home page. */
    URI address();

    /** The {@code User-Agent} of those who visit it. */
    String agent();

    /** Somebody who has not been at the app before. */
    default HttpUser newUser(String agent) {
        return new HttpUser(address(), agent, new CookieJar());
    }

    /** The same user, about to log out: whoever knows a logout that never answers shortens the wait for it alone. */
    default HttpUser atLogout(HttpUser user) {
        return user;
    }

    /** Lets somebody come to where one logs in. */
    default void visit(HttpUser user) throws IOException {}

    /**
     * Sends what the page sends that logs in. Whether somebody is logged in then is for {@link #isLoggedIn} to say.
     *
     * @return all replies, redirects included
     */
    List<HttpResponse<String>> logIn(HttpUser user) throws IOException;

    /** This user's request for the page, or for the data, that only a user gets. */
    Call personal(HttpUser user);

    /**
     * Whether the app knows this user as somebody who is logged in. The look changes nothing of what the user holds.
     *
     * @throws IOException where it does not answer, or neither yes nor no; the message says so
     */
    boolean isLoggedIn(HttpUser user) throws IOException;

    LogoutRequest logout(HttpUser user) throws IOException;

    /** Sends the logout; all replies, redirects included. */
    List<HttpResponse<String>> logOut(HttpUser user, Call logout) throws IOException;

    /** Keeps something in the session of this user; null where the app has, or is known to have, no such request. */
    Call keepNote(HttpUser user, String note) throws IOException;

    /**
     * Whether this user reads what the session kept.
     *
     * @throws IOException where it does not answer, or with something else; the message says so
     */
    boolean readsNote(HttpUser user) throws IOException;

    /** The name of the session cookie; null where it has to be found out. */
    default String cookieName() {
        return null;
    }

    /**
     * What the session store holds of a session, or null.
     *
     * @param cookie the value of the session cookie; null finds nothing
     * @throws IOException where the store cannot be read; the message says so
     */
    default StoredSession session(String cookie) throws IOException {
        return null;
    }

    /** The name of who logs in; null where it is unknown. */
    default String userName() {
        return null;
    }

    /** All rows of the store, each as texts by its columns' names, where they are only known by their keys; null elsewhere. */
    default Map<String, Map<String, String>> rows() {
        return null;
    }

    /**
     * Whether the logout that was sent with this cookie lost the deletion that its route had asked for, as far as the app's
     * side tells.
     */
    default boolean deletionWasOverwritten(String cookie) {
        return false;
    }

    /** Ends a session that a user has left. */
    default void end(String cookie) {}

    /**
     * How one logs out.
     *
     * @param call the request of the app's own page
     * @param forged what a page of another site, which knows no token, can make a browser send in its place
     * @param lacks what it cannot hold, as a sentence that begins with a space; empty where it holds all
     * @param doubt why it is unknown whether an attacker knows all of it, as the end of a sentence; null where it is known
     */
    record LogoutRequest(Call call, Call forged, String lacks, String doubt) {}
}
