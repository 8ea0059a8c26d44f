package logout.launcher;

import java.util.Optional;
import logout.app.session.Database;
import picocli.CommandLine.Option;

/** The option that says where the session store is. */
public final class DatabaseOption {

    /** The environment variable that holds the address where the option is not given. */
    public static final String VARIABLE = "LOGOUT_DATABASE";

    @Option(
            names = "--database",
            paramLabel = "ADDRESS",
            description = "Keep the sessions in this database, such as"
                    + " jdbc:postgresql://localhost/logout?user=me&password=secret."
                    + " Default: the environment variable " + VARIABLE + ", else an H2 in memory.")
    private String address;

    /** The option of a program: asks for what the environment says, until an option says otherwise. */
    public static DatabaseOption ofProgram() {
        DatabaseOption option = new DatabaseOption();
        option.address = System.getenv(VARIABLE);
        return option;
    }

    /**
     * Opens the database that was asked for, or a new one in memory.
     *
     * @throws logout.app.StartException where it does not answer
     */
    public Database open() {
        return address().map(Database::at).orElseGet(Database::inMemory);
    }

    /** The JDBC address that was asked for; none means a new H2 in memory. */
    public Optional<String> address() {
        return Optional.ofNullable(address).filter(given -> !given.isBlank());
    }
}
