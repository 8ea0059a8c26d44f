package logout.app.lab;

import java.util.ArrayList;
import java.util.List;
import logout.app.lab.Exchange.SetCookie;
import logout.app.session.Row;

/**
 * What one logout left behind, column by column, in the words of the residue table. It is made from what
 * was observed around that logout and knows nothing of what is expected.
 */
final class Residue {

    private final List<Column> columns = new ArrayList<>();

    /**
     * The columns that can be told as soon as the reply is decided.
     *
     * @param exchange the logout, with a cookie that pointed to a row
     * @param location where the reply redirects to, or null
     * @param before the row to which the cookie pointed
     * @param oldRow that row after the logout, or null
     * @param newRow the row of the session that the logout began, or null
     * @param chips makes the chips of rows
     */
    Residue(Exchange exchange, String location, Row before, Row oldRow, Row newRow, Fingerprints chips) {
        Chip old = chips.chip(before.id());
        Chip kept = keptCookie(exchange);
        columns.add(new Column("reply", "reply", null, reply(exchange, location), null, null));
        columns.add(new Column(
                "setCookie", "Set-Cookie for the session cookie", null, setCookie(exchange), null, newChip(exchange)));
        columns.add(new Column("cookie", "cookie in the browser", null, cookie(old, kept), old, kept));
        columns.add(new Column(
                "oldRow",
                "old row in the store",
                content(before),
                oldRow == null ? "gone" : "stays, " + traces(oldRow),
                old,
                oldRow == null ? null : old));
        columns.add(new Column(
                "newRow",
                "new row in the store",
                null,
                newRow == null ? "none" : "one, " + content(newRow),
                null,
                newRow == null ? null : chips.chip(newRow.id())));
        columns.add(untried("replay", "replay of the old cookie"));
        columns.add(untried("saveInFlight", "a save in flight during logout brings the user back"));
        columns.add(untried("foreignLink", "a link on another site can log the user out"));
    }

    List<Column> columns() {
        return List.copyOf(columns);
    }

    /** Fills in a column that had to be tried. */
    void observe(String key, String after) {
        columns.replaceAll(column -> column.key().equals(key)
                ? new Column(key, column.name(), null, after, column.chipBefore(), column.chipAfter())
                : column);
    }

    private static Column untried(String key, String name) {
        return new Column(key, name, null, null, null, null);
    }

    private static String reply(Exchange exchange, String location) {
        return location == null ? String.valueOf(exchange.status()) : exchange.status() + " " + location;
    }

    private static String setCookie(Exchange exchange) {
        return switch (exchange.set().size()) {
            case 0 -> "none";
            case 1 -> "one: " + article(exchange.set().get(0)) + (exchange.overwritten() ? OVERWRITTEN : "");
            default -> exchange.set().size() + ", the last one: " + article(last(exchange.set()));
        };
    }

    private static final String OVERWRITTEN = " (the deletion is overwritten)";

    private static String article(SetCookie set) {
        return set.what().equals(SetCookie.NEW_ID) ? "a new id" : "the deletion";
    }

    private static SetCookie last(List<SetCookie> set) {
        return set.get(set.size() - 1);
    }

    private static Chip newChip(Exchange exchange) {
        return exchange.set().isEmpty() ? null : last(exchange.set()).chip();
    }

    /** The cookie that the browser holds when it has followed the reply. */
    private static Chip keptCookie(Exchange exchange) {
        return exchange.set().isEmpty() ? exchange.sent() : newChip(exchange);
    }

    private static String cookie(Chip old, Chip kept) {
        if (kept == null) {
            return "gone";
        }
        return kept.equals(old) ? "same" : "replaced";
    }

    private static String content(Row row) {
        String who = row.user() == null ? "anonymous" : row.user();
        return who + ", " + (row.note() == null ? "empty" : "with the note");
    }

    private static String traces(Row row) {
        return (row.user() == null ? "without" : "with")
                + " the user, "
                + (row.note() == null ? "without" : "with")
                + " the note";
    }

    /**
     * One column of the residue table.
     *
     * @param before what was there before the logout, or null
     * @param after what is there now, or null where it has not been tried
     */
    record Column(String key, String name, String before, String after, Chip chipBefore, Chip chipAfter) {}
}
