// What a listener is told of the lab panel: the outcome of a logout and of a try, once it is shown.

import { byId } from './lab-dom.js';
import { linkFinding, replayFinding, saveFinding } from './lab-attacks.js';

/** One sentence or more about what is new between two states, or an empty text. Nothing is new on the first look. */
export function news(before, now) {
  if (before === null) return '';
  const changed = part => now[part] !== null && JSON.stringify(now[part]) !== JSON.stringify(before[part]);
  const { logout, replay, slowSave, foreignLink } = now;
  return [
    logout && (logout.exchange !== before.logout?.exchange || now.server !== before.server)
      ? [...byId('lab-verdict').querySelectorAll('p')].map(sentence => sentence.textContent).join(' ') : '',
    changed('replay') ? `The old cookie ${replay.fingerprint.label} ${replayFinding(replay)}` : '',
    slowSave?.running && !before.slowSave?.running ? 'The slow save is under way. Log out now: the button for it comes next.' : '',
    changed('slowSave') && !slowSave.running ? `The slow save is over: ${slowSave.fingerprint.label} ${saveFinding(slowSave)}` : '',
    changed('foreignLink') ? `Another site: ${foreignLink.fingerprint.label} ${linkFinding(foreignLink)}` : '',
  ].filter(sentence => sentence).join(' ');
}
