// A cure for the save in flight: a store that does not write again what was destroyed.

/** How long an id is remembered, in milliseconds: longer than any request takes. */
const REMEMBERED = 60_000;

// tag::refuse-destroyed[]
/** Makes a store of express-session refuse to save a session that was destroyed. One process; several share a table of the destroyed. */
export function refuseDestroyed(store) {
  const destroyed = new Set();
  const { set, destroy } = store;
  store.destroy = function (id, done) {
    destroyed.add(id);
    setTimeout(() => destroyed.delete(id), REMEMBERED).unref();
    return destroy.call(this, id, done);
  };
  store.set = function (id, session, done) {
    return destroyed.has(id) ? done?.() : set.call(this, id, session, done);
  };
  return store;
}
// end::refuse-destroyed[]
