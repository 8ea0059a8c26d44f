// The guide: what to do next, from what the server has seen; and where the panel is below the app, what the logout left.

import { byId, el, fill, time } from './lab-dom.js';
import { fingerprint } from './lab-fingerprints.js';
import { replayFinding, saveFinding } from './lab-attacks.js';
import { verdict } from './lab-logout.js';

const STEPS = 6;

const guide = byId('lab-guide');

/** The logout that was on show last: undefined before the first look. */
let shownLogout;

export function showGuide(state) {
  if (!guide) return;
  const { server, user, logout: own } = state;
  fill(byId('lab-step'), { ...step(state, own, user), out: user ? null : loggedOut(state) }, ({ number, words, out }) => [
    el('strong', { 'class': 'step-number' }, number > STEPS ? 'All steps done' : `Step ${number} of ${STEPS}`), ' ',
    out === null ? null : typeof out === 'string' ? out
      : [el('strong', {}, out.failed ? 'The logout failed' : 'Logged out'), out.failed ? ': ' : ' by ', el('code', {}, out.request), ' at ', time(out.time), '. '],
    words.map(part => typeof part === 'string' ? part : link(part)),
  ]);
  fill(byId('lab-outcome'), user ? null : own, () => user || !own ? [] : verdict(own, fingerprint));
  const known = own && `${server} ${own.exchange}`;
  if (known && shownLogout !== undefined && known !== shownLogout) bringIntoSight();
  shownLogout = known;
}

/** After a logout its outcome is what matters; who is at work in the panel stays there. */
function bringIntoSight() {
  if (!byId('lab-panel').contains(document.activeElement)) guide.scrollIntoView({ block: 'nearest' });
}

/** What logged this browser's user out last: its own logout, or a try; null where neither did. */
function loggedOut({ cookie, logout, foreignLink }) {
  const byLink = foreignLink?.loggedOut && foreignLink.fingerprint.label === cookie.fingerprint?.label;
  return byLink ? `A link on another site logged ${logout?.user ?? 'the user'} out. ` : logout && { request: logout.request, time: logout.time, failed: logout.failed };
}

const link = ({ to, words }) => el('a', { href: to }, words);

const REPLAY = { to: '#lab-try-replay', words: 'Send it again' };
const SAVE = { to: '#lab-try-slow-save', words: 'Begin to save' };
const FOREIGN_LINK = { to: '#lab-try-foreign-link', words: 'Follow the link' };

/** The next step: { number, words }, words being texts and links. */
function step({ store, cookie, replay, slowSave, foreignLink }, own, user) {
  const again = user ? '' : 'Log in again. ';
  // A new login begins a new story: what was seen of the session before it is told no more.
  const isNew = user !== null && cookie.fingerprint.label !== own?.old.label;
  if (slowSave?.running) return { number: 5, words: ['The slow save is under way: log out.'] };
  if (foreignLink && own) return { number: STEPS + 1, words: whereNext() };
  if (slowSave?.loggedOutMeanwhile) {
    const told = isNew ? '' : `The session ${saveFinding(slowSave)} `;
    return { number: 6, words: [`${told}${again}See what another site can do: press `, FOREIGN_LINK, '.'] };
  }
  if (replay) {
    const told = isNew ? '' : `The old cookie ${replayFinding(replay)} `;
    return { number: 5, words: [`${told}${again}Try a save that is under way at the logout: press `, SAVE, ', then “Log out now”.'] };
  }
  if (own && !user) return { number: 4, words: ['Look at what was left. Then try the old cookie: press ', REPLAY, '.'] };
  if (!user) return { number: 1, words: ['Log in: press “Use ada”, then “Log in”.'] };
  if (store.rows.find(row => row.yours).note === null) return { number: 2, words: ['Write a note, and press “Save note”.'] };
  return { number: 3, words: ['Log out, and watch the lab panel.'] };
}

function whereNext() {
  const next = byId('stage-after') ?? byId('side-by-side');
  const other = document.documentElement.dataset.stage === '1' ? 'Do it all with the other logout, or go on: ' : 'Go on: ';
  return [other, { to: next.href, words: next.textContent.replace('→', '').trim() }, '.'];
}
