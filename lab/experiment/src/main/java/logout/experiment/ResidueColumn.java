package logout.experiment;

/** What a logout is asked about: one line of the residue table, in its order and by its name. */
public enum ResidueColumn {
    REPLY("reply", "reply"),
    SET_COOKIE("setCookie", "Set-Cookie for the session cookie"),
    COOKIE("cookie", "cookie in the browser"),
    OLD_ROW("oldRow", "old row in the store"),
    NEW_ROW("newRow", "new row in the store"),
    REPLAY("replay", "replay of the old cookie"),
    SAVE_IN_FLIGHT("saveInFlight", "a save in flight during logout brings the user back"),
    FOREIGN_LINK("foreignLink", "another site can log the user out");

    private final String key;
    private final String title;

    ResidueColumn(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** Its name for programs. */
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }
}
