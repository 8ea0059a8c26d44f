package logout.app.lab;

/**
 * The last logout that the stage has seen, with the cookie from before it: the only raw id that is
 * remembered, and only here.
 *
 * @param exchange the logout
 * @param user who was logged in
 * @param oldCookie the value of the session cookie from before
 * @param residue what is known of what it left behind
 */
record LastLogout(Exchange exchange, String user, String oldCookie, Residue residue) {

    /** The logout's method and path. */
    String request() {
        return exchange.method() + " " + exchange.path();
    }
}
