package logout.panel;

/**
 * Who sends a request, as the lab panel names it. The project's own programs say so by their {@code User-Agent}; all
 * else is a browser.
 */
public final class Sender {

    /** A visitor of the comparison page. */
    public static final String VISITOR = "comparison page";

    static final String BROWSER = "browser";
    public static final String REPLAY = "replay";
    public static final String SLOW_SAVE = "slow save";
    public static final String FOREIGN_LINK = "link on another site";

    private static final String AGENT = "logout-step-by-step: ";

    private Sender() {}

    /** The {@code User-Agent} by which a sender is known. */
    public static String agent(String sender) {
        return AGENT + sender;
    }

    /** Who sent a request, by its {@code User-Agent}. What comes after a semicolon tells one visitor from another. */
    static String of(String agent) {
        return agent != null && agent.startsWith(AGENT)
                ? agent.substring(AGENT.length()).split(";")[0]
                : BROWSER;
    }
}
