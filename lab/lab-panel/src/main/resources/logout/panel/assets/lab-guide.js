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
  const { server, cookie, logout } = state;
  const own = logout?.whose === 'this browser' ? logout : null;
  const user = cookie.expired ? null : state.store.rows.find(row => row.yours)?.user ?? null;
  fill(byId('lab-step'), step(state, own, user), ({ number, words }) => [
    el('strong', { 'class': 'step-number' }, number > STEPS ? 'All steps done' : `Step ${number} of ${STEPS}`), ' ',
    !user && own ? [el('strong', {}, 'Logged out'), ' by ', el('code', {}, own.request), ' at ', time(own.time), '. '] : null,
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

const link = ({ to, words }) => el('a', { href: to }, words);

const REPLAY = { to: '#lab-try-replay', words: 'Send it again' };
const SAVE = { to: '#lab-try-slow-save', words: 'Begin to save' };
const FOREIGN_LINK = { to: '#lab-try-foreign-link', words: 'Follow the link' };

/** The next step: { number, words }, words being texts and links. */
function step({ store, replay, slowSave, foreignLink }, own, user) {
  const again = user ? '' : 'Log in again. ';
  if (slowSave?.running) return { number: 5, words: ['The slow save is under way: log out.'] };
  if (foreignLink && own) return { number: STEPS + 1, words: whereNext() };
  if (slowSave?.loggedOutMeanwhile) {
    return { number: 6, words: [`The session ${saveFinding(slowSave)} ${again}See what another site can do: press `, FOREIGN_LINK, '.'] };
  }
  if (replay) {
    return { number: 5, words: [`The old cookie ${replayFinding(replay)} ${again}Try a save that is under way at the logout: press `, SAVE, ', then “Log out now”.'] };
  }
  if (own) return { number: 4, words: ['Look at what was left. Then try the old cookie: press ', REPLAY, '.'] };
  if (!user) return { number: 1, words: ['Log in: press “Use ada”, then “Log in”.'] };
  if (store.rows.find(row => row.yours).note === null) return { number: 2, words: ['Write a note, and press “Save note”.'] };
  return { number: 3, words: ['Log out, and watch the lab panel.'] };
}

function whereNext() {
  const next = byId('stage-after') ?? byId('side-by-side');
  const other = document.documentElement.dataset.stage === '1' ? 'Do it all with the other logout, or go on: ' : 'Go on: ';
  return [other, { to: next.href, words: next.textContent.replace('→', '').trim() }, '.'];
}
