// The guide: what to do next, from what the server has seen, and a button that does it; and where the panel is below the app,
// what the logout left.

import { byId, el, fill, requestLine, time, unfold } from './lab-dom.js';
import { isUnderWay } from './lab-attacks.js';
import { fingerprint } from './lab-fingerprints.js';
import { isFailed, verdict } from './lab-logout.js';

const STEPS = 6;

const guide = byId('lab-guide');
const app = document.querySelector('main');

/** The logout that was on show last: undefined before the first look. */
let shownLogout;

let latest = null;

export function showGuide(state) {
  if (!guide) return;
  latest = state;
  const { server, user, logout: own } = state;
  const { number, words, act = null } = step(state, own, user);
  fill(byId('lab-step'), { number, words, out: user ? null : loggedOut(state) }, ({ out }) => [
    el('strong', { 'class': 'step-number' }, number > STEPS ? 'All steps done' : `Step ${number} of ${STEPS}`), ' ',
    out === null ? null : typeof out === 'string' ? out
      : [el('strong', {}, isFailed(out) ? 'The logout failed' : 'Logged out'), isFailed(out) ? ': ' : ' by ', requestLine(out), ' at ', time(out.time), '. '],
    words,
  ]);
  const isAtButton = byId('lab-next').contains(document.activeElement);
  fill(byId('lab-next'), act, () => act ? control(act) : []);
  if (isAtButton && document.activeElement === document.body) guide.focus();
  fill(byId('lab-outcome'), user ? null : own, () => user || !own ? [] : verdict(own, fingerprint));
  if (number > STEPS) unfold('lab-code');
  const known = own && `${server} ${own.exchange.number}`;
  if (known && shownLogout !== undefined && known !== shownLogout) bringIntoSight();
  shownLogout = known;
}

/** After a logout its outcome is what matters; who is at work in the panel stays there. */
function bringIntoSight() {
  if (!byId('lab-panel').contains(document.activeElement)) scrollTo({ top: 0 });
}

/** What logged this browser's user out last: its own logout, or a try; null where neither did. */
function loggedOut({ cookie, logout, foreignLink }) {
  const byLink = foreignLink?.found.withCookie && foreignLink.fingerprint.label === cookie.fingerprint?.label;
  return byLink ? 'A link on another site logged the user out. ' : logout && logout.exchange;
}

/** A link, or a button that presses the page's own. */
const control = ({ words, to, press }) => to ? el('a', { href: to, 'class': 'button' }, words)
  : el('button', { type: 'button', 'class': 'primary', 'data-press': press }, words);

guide?.addEventListener('click', ({ target }) => {
  const { press } = target.dataset;
  if (!press) return;
  if (press === 'main #save-note' && byId('note').value === '') byId('note').value = 'buy milk';
  document.querySelector(press)?.click();
});

// What is sticky below it, and what is scrolled to, keeps clear of it.
if (guide) new ResizeObserver(() => document.documentElement.style.setProperty('--guide', getComputedStyle(guide).position === 'sticky' ? `${guide.offsetHeight}px` : '0px')).observe(guide);

// The app is another one after a login, and its form is filled in or not: so is the button.
const again = () => latest && showGuide(latest);
if (guide) new MutationObserver(again).observe(app, { childList: true, subtree: true });
for (const kind of ['input', 'click']) addEventListener(kind, again);

/** The act on a control of the app; where this page of it has none, the way there. */
function onApp(selector, words) {
  const profile = byId('to-profile');
  if (app.querySelector(selector)) return { press: `main ${selector}`, words };
  return profile && { to: profile.href, words: 'Go to your profile' };
}

const logIn = () => byId('password')?.value ? onApp('#log-in', 'Log in') : onApp('[data-username]', 'Use ada');
const logOut = () => onApp('[data-log-out]', 'Log out');
const REPLAY = { press: '#lab-try-replay', words: 'Send the old cookie again' };
const SAVE = { press: '#lab-try-slow-save', words: 'Begin a slow save' };
const FOREIGN_LINK = { press: '#lab-try-foreign-link', words: 'Follow a foreign link' };

/** The next step: { number, words, act }; nothing is to be done where there is no act. */
function step({ store, replay, slowSave, foreignLink }, own, user) {
  const again = user ? '' : 'Log in again. ';
  const then = act => user ? act : logIn();
  if (isUnderWay(slowSave)) return { number: 5, words: 'The slow save is under way: log out.', act: slowSave.loggedOutMeanwhile ? null : logOut() };
  if (foreignLink && own) return { number: STEPS + 1, ...whereNext() };
  if (slowSave?.loggedOutMeanwhile) return { number: 6, words: `${again}See what another site can do.`, act: then(FOREIGN_LINK) };
  if (replay) return { number: 5, words: `${again}Try a save that is under way at the logout.`, act: then(SAVE) };
  if (own && !user) return { number: 4, words: 'See what was left, then try the old cookie.', act: REPLAY };
  if (!user) return { number: 1, words: 'Log in as ada.', act: logIn() };
  if (store.rows.find(row => row.yours).note === null) return { number: 2, words: 'Write a note, and save it.', act: onApp('#save-note', 'Keep a note') };
  return { number: 3, words: 'Log out, and watch the lab panel.', act: logOut() };
}

function whereNext() {
  const next = byId('stage-after') ?? byId('side-by-side');
  const other = document.documentElement.dataset.stage === '1' ? 'Do it all with the other logout, or go on.' : next ? 'Go on.' : 'That was all of this stage.';
  return { words: `${other} The code that did it stands below.`, act: next && { to: next.href, words: next.textContent.replace('→', '').trim() } };
}
