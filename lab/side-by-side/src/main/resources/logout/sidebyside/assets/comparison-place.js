// What a reload keeps. The address says which stack and how many steps are shown. The tab remembers the run on each stack, what of
// it is still covered, and what the reader has chosen.

const keyOf = stack => `run on ${stack}`;

/** Where the address leads to: { stack, shown }; shown is null where it does not say. */
export function readAddress() {
  const fields = new URLSearchParams(location.search);
  return { stack: fields.get('stack') === 'express' ? 'express' : 'spark', shown: fields.has('step') ? Math.max(0, Number(fields.get('step')) || 0) : null };
}

// A browser that keeps nothing for this site throws: then a reload begins afresh, and a wish lasts as long as the page.
const attempt = act => { try { return act(); } catch { return null; } };

/** What the tab remembers of a stack; name is null where it remembers no run. */
export const readRun = stack => attempt(() => JSON.parse(sessionStorage.getItem(keyOf(stack)))) ?? { name: null };

/** Writes down where the page is. */
export function keepPlace({ stack, shown, run, covered, choices }) {
  const fields = new URLSearchParams(stack === 'spark' ? {} : { stack });
  if (shown > 0) fields.set('step', shown);
  history.replaceState(null, '', `/?${fields}`.replace(/\?$/, ''));
  attempt(() => sessionStorage.setItem(keyOf(stack), JSON.stringify({ name: run.name, shown, covered: [...covered], choices })));
}

/** Whether the reader wishes to predict, until they say otherwise. */
export const readWish = () => attempt(() => localStorage.getItem('predict')) !== 'no';

export const keepWish = predicts => attempt(() => localStorage.setItem('predict', predicts ? 'first' : 'no'));
