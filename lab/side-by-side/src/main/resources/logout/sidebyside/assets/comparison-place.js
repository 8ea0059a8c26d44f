// What a reload keeps. The address says which stack and how many steps are shown. The tab remembers the run on each stack, what of
// it is still covered, and what the reader has chosen.

const keyOf = stack => `run on ${stack}`;

/** Where the address leads to: { stack, shown }; shown is null where it does not say. */
export function readAddress() {
  const fields = new URLSearchParams(location.search);
  return { stack: fields.get('stack') === 'express' ? 'express' : 'spark', shown: fields.has('step') ? Math.max(0, Number(fields.get('step')) || 0) : null };
}

/** What the tab remembers of a stack; name is null where it remembers no run. */
export function readRun(stack) {
  // A browser that keeps nothing for this site throws; then a reload begins afresh.
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(stack))) ?? { name: null };
  } catch {
    return { name: null };
  }
}

/** Writes down where the page is. */
export function keepPlace({ stack, shown, run, covered, choices }) {
  const fields = new URLSearchParams(stack === 'spark' ? {} : { stack });
  if (shown > 0) fields.set('step', shown);
  history.replaceState(null, '', `/?${fields}`.replace(/\?$/, ''));
  try {
    sessionStorage.setItem(keyOf(stack), JSON.stringify({ name: run.name, shown, covered: [...covered], choices }));
  } catch { /* see above */ }
}
