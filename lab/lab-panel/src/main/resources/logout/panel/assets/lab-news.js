// What a listener is told of the lab panel: the outcome of a logout and of a try, once it is shown.

import { byId } from './lab-dom.js';
import { linkFinding, replayFinding, saveFinding } from './lab-attacks.js';

const TOLD = 'told';

/** The logout that this tab has told of last. It is remembered, for at a plain site each logout loads the page anew. */
let told = null;
try { told = sessionStorage.getItem(TOLD); } catch { /* a browser that keeps nothing for this site */ }

// What this page tells while the next one is on its way nobody hears: that one has to tell it.
addEventListener('beforeunload', () => {
  try { if (told) sessionStorage.setItem(TOLD, told); } catch { /* see above */ }
});

/** Whether the logout came after what this tab has shown before. On a tab's very first look nothing is new. */
function isNew({ server, logout }) {
  const before = told;
  told = `${server} ${logout?.exchange ?? 0}`;
  return logout !== null && before !== null && before !== told;
}

/** One sentence or more about what is new between two states, or an empty text; before is null when a page is fresh. */
export function news(before, now) {
  const outcome = isNew(now) ? [...byId('lab-verdict').querySelectorAll('p')].map(sentence => sentence.textContent).join(' ') : '';
  if (before === null) return outcome;
  const changed = part => now[part] !== null && JSON.stringify(now[part]) !== JSON.stringify(before[part]);
  const { replay, slowSave, foreignLink } = now;
  return [
    outcome,
    changed('replay') ? `The old cookie ${replay.fingerprint.label} ${replayFinding(replay)}` : '',
    slowSave?.running && !before.slowSave?.running ? 'The slow save is under way. Log out now.' : '',
    changed('slowSave') && !slowSave.running ? `The slow save is over: ${slowSave.fingerprint.label} ${saveFinding(slowSave)}` : '',
    changed('foreignLink') ? `Another site: ${foreignLink.fingerprint.label} ${linkFinding(foreignLink)}` : '',
  ].filter(sentence => sentence).join(' ');
}
