// What a reload keeps. The address says which stack and how many steps are shown. The tab remembers the run on each stack, and
// what of it is still covered.

const keyOf = stack => `run on ${stack}`;

/** Where the address leads to: { stack, shown }. */
export function readAddress() {
  const fields = new URLSearchParams(location.search);
  return { stack: fields.get('stack') === 'express' ? 'express' : 'spark', shown: Math.max(0, Number(fields.get('step')) || 0) };
}

/** What the tab remembers of a stack: { name, covered }; name is null where it remembers no run. */
export function readRun(stack) {
  // A browser that keeps nothing for this site throws; then a reload begins afresh.
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(stack))) ?? { name: null, covered: [] };
  } catch {
    return { name: null, covered: [] };
  }
}

/** Writes down where the page is. */
export function keepPlace({ stack, shown, run, covered }) {
  const fields = new URLSearchParams(stack === 'spark' ? {} : { stack });
  if (shown > 0) fields.set('step', shown);
  history.replaceState(null, '', `/?${fields}`.replace(/\?$/, ''));
  try {
    sessionStorage.setItem(keyOf(stack), JSON.stringify({ name: run.name, covered: [...covered] }));
  } catch { /* see above */ }
}
