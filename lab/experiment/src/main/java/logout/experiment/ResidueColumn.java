package logout.experiment;

import java.util.List;

/** What a logout is asked about: one line of the residue table, in its order and by its name. */
public enum ResidueColumn {
    REPLY("reply", "reply"),
    SET_COOKIE("setCookie", "Set-Cookie for the session cookie"),
    COOKIE("cookie", "cookie in the browser"),
    OLD_ROW("oldRow", "old row in the store", Condition.ROW_STAYS),
    NEW_ROW("newRow", "new row in the store", Condition.ROW_ADDED),
    REPLAY("replay", "replay of the old cookie", Condition.REPLAY, Condition.NOTE_READABLE),
    SAVE_IN_FLIGHT("saveInFlight", "a save in flight during logout brings the user back", Condition.SAVE_IN_FLIGHT),
    FOREIGN_LINK("foreignLink", "another site can log the user out", Condition.FORCED_LOGOUT, Condition.COOKIE_TAKEN);

    private final String key;
    private final String title;
    private final List<Condition> conditions;

    ResidueColumn(String key, String title, Condition... conditions) {
        this.key = key;
        this.title = title;
        this.conditions = List.of(conditions);
    }

    /** Its name for programs. */
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** The conditions that are tried for it. */
    List<Condition> conditions() {
        return conditions;
    }
}
