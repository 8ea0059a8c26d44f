package logout.app.lab;

import java.util.ArrayList;
import java.util.List;
import logout.app.residue.ResidueColumn;
import logout.app.residue.Trace;
import logout.app.session.Row;

/**
 * What one logout left behind, column by column. It is made from what was observed around that logout and
 * knows nothing of what is expected.
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
        Chip set = lastSet(exchange);
        Chip kept = exchange.set().isEmpty() ? old : set;
        tell(ResidueColumn.REPLY, null, new Trace.Reply(exchange.status(), location), null, null);
        tell(ResidueColumn.SET_COOKIE, null, setCookies(exchange), null, set);
        tell(ResidueColumn.COOKIE, null, Trace.BrowserCookie.of(old, kept), old, kept);
        tell(
                ResidueColumn.OLD_ROW,
                Trace.NewRow.content(before),
                new Trace.OldRow(oldRow),
                old,
                oldRow == null ? null : old);
        tell(
                ResidueColumn.NEW_ROW,
                null,
                new Trace.NewRow(newRow),
                null,
                newRow == null ? null : chips.chip(newRow.id()));
        tell(ResidueColumn.REPLAY, null, null, null, null);
        tell(ResidueColumn.SAVE_IN_FLIGHT, null, null, null, null);
        tell(ResidueColumn.FOREIGN_LINK, null, null, null, null);
    }

    List<Column> columns() {
        return List.copyOf(columns);
    }

    /** Fills in a column that had to be tried. */
    void observe(ResidueColumn column, Trace trace) {
        columns.set(column.ordinal(), new Column(column.key(), column.title(), null, trace.inWords(), null, null));
    }

    private void tell(ResidueColumn column, String before, Trace after, Chip chipBefore, Chip chipAfter) {
        String words = after == null ? null : after.inWords();
        columns.add(new Column(column.key(), column.title(), before, words, chipBefore, chipAfter));
    }

    private static Trace.SetCookies setCookies(Exchange exchange) {
        List<Trace.SetCookie> all = exchange.set().stream()
                .map(set -> set.chip() == null ? Trace.SetCookie.DELETION : Trace.SetCookie.NEW_ID)
                .toList();
        return new Trace.SetCookies(all, exchange.overwritten());
    }

    /** The id that the reply's last {@code Set-Cookie} sets, or null. */
    private static Chip lastSet(Exchange exchange) {
        int count = exchange.set().size();
        return count == 0 ? null : exchange.set().get(count - 1).chip();
    }

    /**
     * One column of the residue table.
     *
     * @param before what was there before the logout, or null
     * @param after what is there now, or null where it has not been tried
     */
    record Column(String key, String name, String before, String after, Chip chipBefore, Chip chipAfter) {}
}
