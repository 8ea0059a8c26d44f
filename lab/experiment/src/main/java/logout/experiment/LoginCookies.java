package logout.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The cookies around a login and a logout, where it has to be found out which of them log somebody in.
 *
 * @param beforeLogin those that the browser held before the login
 * @param beforeLogout those before the logout
 * @param afterLogout those after it
 */
record LoginCookies(
        LogoutUnderTest app,
        Users users,
        List<Cookie> beforeLogin,
        List<Cookie> beforeLogout,
        List<Cookie> afterLogout) {

    static List<String> names(List<Cookie> cookies) {
        return cookies.stream().map(Cookie::name).distinct().toList();
    }

    /**
     * The names of those without which the browser would not be logged in after the logout, and would have been before.
     *
     * @param user who is logged in after the logout
     */
    List<String> thatLogInAgain(HttpUser user) throws IOException {
        boolean changed = !Set.copyOf(afterLogout).equals(Set.copyOf(beforeLogout));
        List<String> found = new ArrayList<>();
        for (String name : names(afterLogout)) {
            HttpUser without = user.copy();
            without.jar().drop(name);
            if (!app.isLoggedIn(without) && (changed || isLoggedInWithout(List.of(name)))) {
                found.add(name);
            }
        }
        return found;
    }

    /** The names of those without which nobody is logged in, or of all that are enough; where something else may be, none. */
    List<String> thatLogIn(boolean others) throws IOException {
        List<String> all = names(beforeLogout);
        boolean areNeeded = !others || all.isEmpty() || !isLoggedInWithout(all);
        if (all.size() <= 1 || !areNeeded) {
            return areNeeded ? all : List.of();
        }
        List<String> set = names(beforeLogout.stream()
                .filter(cookie -> !beforeLogin.contains(cookie))
                .toList());
        List<String> needed = new ArrayList<>();
        for (String name : all) {
            if (!isLoggedInWithout(List.of(name))) {
                needed.add(name);
            }
        }
        if (!needed.isEmpty()) {
            List<String> ofLogin = needed.stream().filter(set::contains).toList();
            return ofLogin.isEmpty() ? needed : ofLogin;
        }
        List<String> enough = new ArrayList<>();
        for (String name : set) {
            if (isLoggedInWithout(
                    set.stream().filter(other -> !other.equals(name)).toList())) {
                enough.add(name);
            }
        }
        return enough;
    }

    /** With a login of its own: some apps end a session whose cookies do not come together. */
    private boolean isLoggedInWithout(List<String> names) throws IOException {
        HttpUser user = users.loggedIn();
        HttpUser without = user.copy();
        names.forEach(without.jar()::drop);
        try {
            return app.isLoggedIn(without);
        } catch (IOException e) {
            // Neither what a user gets nor what others get: the page needs the cookie, if it is not the app that fails.
            if (app.isLoggedIn(user)) {
                return false;
            }
            throw e;
        } finally {
            users.leave(user);
        }
    }

    /** What has become of the cookies of a name, whatever path they are for. */
    Observation.BrowserCookie after(String name) {
        List<Cookie> now = afterLogout.stream()
                .filter(cookie -> cookie.name().equals(name) && !cookie.value().isEmpty())
                .toList();
        if (now.isEmpty()) {
            return Observation.BrowserCookie.GONE;
        }
        return now.stream().anyMatch(this::wasThere)
                ? Observation.BrowserCookie.SAME
                : Observation.BrowserCookie.REPLACED;
    }

    private boolean wasThere(Cookie cookie) {
        return beforeLogout.stream()
                .anyMatch(other -> cookie.replaces(other) && cookie.value().equals(other.value()));
    }
}
