package logout.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The cookies around a login and a logout, where it has to be found out which of them log somebody in.
 *
 * @param beforeLogin the user as she was before the login
 * @param beforeLogout before the logout
 * @param afterLogout after it
 */
record LoginCookies(
        LogoutUnderTest app, Users users, HttpUser beforeLogin, HttpUser beforeLogout, HttpUser afterLogout) {

    static List<String> names(Stream<Cookie> cookies) {
        return cookies.map(Cookie::name).distinct().toList();
    }

    private static Stream<Cookie> heldBy(HttpUser user) {
        return user.jar().held().stream();
    }

    /** The names of those without which the browser would not be logged in after the logout, and would have been before. */
    List<String> thatLogInAgain() throws IOException {
        boolean changed = !Set.copyOf(afterLogout.jar().held())
                .equals(Set.copyOf(beforeLogout.jar().held()));
        List<String> found = new ArrayList<>();
        for (String name : names(heldBy(afterLogout))) {
            HttpUser without = afterLogout.copy();
            without.jar().drop(name);
            if (!app.isLoggedIn(without) && (changed || isLoggedInWithout(List.of(name)))) {
                found.add(name);
            }
        }
        return found;
    }

    /** The names of those without which nobody is logged in, or of all that are enough; where something else may be, none. */
    List<String> thatLogIn() {
        List<String> all = names(heldBy(beforeLogout));
        boolean areNeeded = beforeLogout.captured().isEmpty() || all.isEmpty() || !isLoggedInWithout(all);
        if (all.size() <= 1 || !areNeeded) {
            return areNeeded ? all : List.of();
        }
        List<String> set = names(
                heldBy(beforeLogout).filter(cookie -> !beforeLogin.jar().held().contains(cookie)));
        List<String> needed =
                all.stream().filter(name -> !isLoggedInWithout(List.of(name))).toList();
        if (needed.isEmpty()) {
            return set.stream()
                    .filter(name -> isLoggedInWithout(
                            set.stream().filter(other -> !other.equals(name)).toList()))
                    .toList();
        }
        List<String> ofLogin = needed.stream().filter(set::contains).toList();
        return ofLogin.isEmpty() ? needed : ofLogin;
    }

    /** With a login of its own: some apps end a session whose cookies do not come together. */
    private boolean isLoggedInWithout(List<String> names) {
        try {
            HttpUser user = users.loggedIn();
            HttpUser without = user.copy();
            names.forEach(without.jar()::drop);
            try {
                return app.isLoggedIn(without);
            } catch (IOException e) {
                // Neither what a user gets nor what others get: the page needs the cookie, unless the app fails.
                if (app.isLoggedIn(user)) {
                    return false;
                }
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the cookies of these names, whatever path they are for, that are there after the logout, as before or not. */
    Observation thatAreThere(List<String> names, boolean asBefore) {
        List<Cookie> there =
                heldBy(afterLogout).filter(cookie -> !cookie.value().isEmpty()).toList();
        List<String> unchanged = names(there.stream().filter(this::wasThere));
        List<String> found = names(there.stream()).stream()
                .filter(name -> names.contains(name) && unchanged.contains(name) == asBefore)
                .toList();
        return new Observation.Possible(found, found);
    }

    private boolean wasThere(Cookie cookie) {
        return heldBy(beforeLogout)
                .anyMatch(other -> cookie.replaces(other) && cookie.value().equals(other.value()));
    }
}
