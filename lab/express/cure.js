// A cure for the save in flight: a store that does not write again what was destroyed.

// tag::refuse-destroyed[]
/**
 * Makes a store of express-session refuse to save a session that was destroyed. One process; several share a table of the destroyed.
 *
 * @param remembered for how many milliseconds: longer than any request takes
 */
export function refuseDestroyed(store, remembered = 60_000) {
  const destroyed = new Set();
  const { set, destroy } = store;
  store.destroy = function (id, done) {
    destroyed.add(id); // Not later, since a save can arrive while the store deletes.
    new Promise((resolve, reject) =>
      destroy.call(this, id, error => error ? reject(error) : resolve())?.catch?.(reject),
    ).then(
      () => { setTimeout(() => destroyed.delete(id), remembered).unref(); },
      error => { destroyed.delete(id); return error; },
    ).then(done);
  };
  store.set = function (id, session, done) {
    return destroyed.has(id) ? done?.() : set.call(this, id, session, done);
  };
  return store;
}
// end::refuse-destroyed[]
