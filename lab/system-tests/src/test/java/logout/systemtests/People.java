package logout.systemtests;

import logout.sidebyside.Logout;
import logout.testing.Person;

/** Who visits the stages in these tests. */
public final class People {

    private People() {}

    /** A person who will log out in this way. */
    public static Person loggingOutBy(Logout logout) {
        return new Person(logout.onPlainSite(), logout.method(), logout.path());
    }
}
