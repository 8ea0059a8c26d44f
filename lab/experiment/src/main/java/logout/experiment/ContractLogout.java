package logout.experiment;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

/** A logout of an app with this project's HTTP contract, such as a stage: its pages send what a {@link PageProtocol} says. */
public interface ContractLogout extends LogoutUnderTest {

    /** What it is called in a heading, before its logout. */
    String name();

    /** What its logout does, in a few words. */
    String effect();

    PageProtocol protocol();

    Call logout();

    String user();

    String password();

    /** The requests that a step is about. What else the experiment sends is to look at what came of them. */
    default List<Call> requests(Step step) {
        return switch (step) {
            case LOG_IN -> List.of(protocol().logIn(user(), password()));
            case KEEP_NOTE -> List.of(protocol().keepNote(""));
            case LOG_OUT, FOREIGN_LINK -> List.of(logout());
            case LOOK -> List.of();
            case REPLAY -> List.of(protocol().whoAmI(), protocol().readNote());
            case SLOW_SAVE -> List.of(logout(), protocol().keepNote(""));
        };
    }

    @Override
    default List<HttpResponse<String>> logIn(HttpUser user) throws IOException {
        return List.of(user.send(protocol().logIn(user(), password())));
    }

    @Override
    default Call personal(HttpUser user) {
        return protocol().whoAmI();
    }

    @Override
    default boolean isLoggedIn(HttpUser user) throws IOException {
        return user.isLoggedIn(protocol());
    }

    @Override
    default LogoutRequest logout(HttpUser user) {
        return new LogoutRequest(logout(), logout().navigation(), "", null);
    }

    /** The reply itself is of interest, and not the page to which it redirects. */
    @Override
    default List<HttpResponse<String>> logOut(HttpUser user, Call logout) throws IOException {
        return List.of(user.send(logout));
    }

    @Override
    default Call keepNote(HttpUser user, String note) {
        return protocol().keepNote(note);
    }

    @Override
    default boolean readsNote(HttpUser user) throws IOException {
        return protocol().holdsNote(user.copy().send(protocol().readNote()));
    }
}
