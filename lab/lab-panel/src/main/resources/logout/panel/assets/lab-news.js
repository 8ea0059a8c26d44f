// What a listener is told of the lab panel: the outcome of a logout and of a try, once it is shown.

import { byId, keeper } from './lab-dom.js';
import { TRIES, isStillSo, isUnderWay } from './lab-attacks.js';

/** The logout that this tab has told of last. It is remembered, for at a plain site each logout loads the page anew. */
const kept = keeper('sessionStorage', 'told', null);
let told = kept.read();

// What this page tells while the next one is on its way nobody hears: that one has to tell it.
addEventListener('beforeunload', () => kept.write(told));

/** Whether the logout came after what this tab has shown before. On a tab's very first look nothing is new. */
function isNew({ server, logout }) {
  const before = told;
  told = `${server} ${logout?.exchange.number ?? 0}`;
  return logout !== null && before !== null && before !== told;
}

/** One sentence or more about what is new between two states, or an empty text; before is null when a page is fresh. */
export function news(before, now) {
  const outcome = isNew(now) ? [...byId('lab-verdict').querySelectorAll('p')].map(sentence => sentence.textContent).join(' ') : '';
  if (before === null) return outcome;
  const changed = part => now[part] !== null && JSON.stringify(now[part]) !== JSON.stringify(before[part]);
  // An old one comes back where a browser that kept nothing for this site does so again.
  const isToTell = one => changed(one.part) && !isUnderWay(now[one.part]) && isStillSo(one, now);
  const tried = Object.values(TRIES).filter(isToTell).map(({ part, heard, inWords }) => `${heard} ${now[part].fingerprint.label} ${inWords(now[part])}`);
  const isBegun = isUnderWay(now.slowSave) && !isUnderWay(before.slowSave);
  return [outcome, ...tried, isBegun ? 'The slow save is under way. Log out now.' : ''].filter(sentence => sentence).join(' ');
}
