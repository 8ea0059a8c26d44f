// Try it: three things that somebody else might do, each done by the server with real requests, and what came of it.

import { ask, reason } from './server.js';
import { byId, el, fill, requestLine } from './lab-dom.js';
import { fingerprint } from './lab-fingerprints.js';
import { heldQuery } from './lab-browser.js';

/** The tries whose request has no answer yet. */
const awaited = new Set();

let latest = null;

/** The try that was pressed last in this story, and what the server said against it; a new login, cookie or logout begins another. */
let pressed = null;
let refusal = null;
let story = null;

export function showTries(state) {
  latest = state;
  const now = JSON.stringify([state.user, state.cookie.fingerprint, state.logout?.exchange.number]);
  if (awaited.size === 0 && now !== story) [story, pressed, refusal] = [now, null, null];
  const told = newest(state);
  for (const [name, { part }] of Object.entries(TRIES)) {
    // The seconds stand apart: they change at each look.
    const { secondsLeft, ...outcome } = state[part] ?? {};
    show(name, state[part] && outcome);
    if (secondsLeft) byId('lab-seconds-left')?.replaceChildren(secondsLeft);
    byId(`lab-${name}-outcome`).hidden = byId('lab-guide') && name !== told;
  }
}

/** Whether the logout is the one that a save was in flight around: a session can have several, where they fail. */
export const hasSave = logout => logout?.columns.some(({ key, after, notSeen }) => key === 'saveInFlight' && (after ?? notSeen) !== null);

/**
 * The tries: the part of the state; how its sentence begins, for the eye and for the ear, and what was found of a session, in words;
 * what was answered; and whether it is still so, by the session's row.
 */
export const TRIES = {
  'replay': {
    part: 'replay', begins: 'The old cookie ', heard: 'The old cookie', inWords: replayFinding, answers: () => answers('replay'),
    isSo: ({ found }, row) => found.reason || found.loggedIn === Boolean(row?.user) && found.alive === Boolean(row)
      && found.readsNote === ((row?.note ?? null) !== null),
  },
  'slow-save': {
    part: 'slowSave', begins: 'The session ', heard: 'The slow save is over:', inWords: saveFinding, answers: saveAnswer,
    isSo: ({ found, loggedOutMeanwhile }, row, logout) => !found || (loggedOutMeanwhile || found.reason
      ? hasSave(logout) && (found.reason || found.isLeftBehind === Boolean(row?.user)) : Boolean(row?.user)),
  },
  'foreign-link': {
    part: 'foreignLink', begins: 'The session ', heard: 'Another site:', inWords: linkFinding, answers: () => null,
    isSo: ({ found }, row) => found.reason || found.withCookie !== Boolean(row?.user),
  },
};

/** Whether a save has begun of which nothing is known yet. */
export const isUnderWay = save => save?.found === null;

/** Whether what a try has found is still so. */
export const isStillSo = ({ part, isSo }, { store, logout, [part]: tried }) =>
  isSo(tried, store.rows.find(row => row.fingerprint.label === tried.fingerprint.label), logout);

/** The try whose outcome the guide tells. */
function newest(state) {
  const { user, cookie, logout } = state;
  if (awaited.has(pressed) || refusal) return pressed;
  const isTold = name => {
    const one = TRIES[name];
    const tried = state[one?.part];
    const label = tried?.fingerprint.label;
    const isOfThisStory = label === cookie.fingerprint?.label || user === null && label === logout?.exchange.sent.label;
    return tried && (isOfThisStory || name === pressed) && isStillSo(one, state);
  };
  return [pressed, 'foreign-link', 'slow-save', 'replay'].find(isTold);
}

function show(name, outcome) {
  const isAwaited = awaited.has(name);
  // Not disabled, for then it would lose the focus.
  byId(`lab-try-${name}`).setAttribute('aria-disabled', isAwaited || isUnderWay(outcome));
  const refused = name === pressed ? refusal : null;
  fill(byId(`lab-${name}-outcome`), { outcome, refused, isAwaited }, () => {
    if (isAwaited) return el('p', { 'class': 'quiet awaited' }, 'Waiting for the server …');
    if (refused) return el('p', { 'class': 'trouble' }, refused);
    return !outcome ? [] : isUnderWay(outcome) ? underWay(outcome) : finding(TRIES[name], outcome);
  });
}

byId('lab-try').addEventListener('click', async ({ target }) => {
  const name = target.dataset.try;
  if (!name || target.getAttribute('aria-disabled') === 'true') return;
  awaited.add(pressed = name);
  refusal = null;
  if (latest) showTries(latest);
  const reply = await ask('POST', `/lab/${name}${heldQuery()}`);
  awaited.delete(name);
  const refused = reply.status === 202 ? null : reply.status === 0 ? reason(reply) : reply.error;
  if (name === pressed) refusal = refused;
  if (latest) showTries(latest);
  if (refused) byId('lab-news').textContent = refused;
});

/** What came of a try, in a sentence, with what it was answered. */
const finding = ({ begins, inWords, answers: rest }, outcome) =>
  el('p', { 'class': 'finding' }, begins, fingerprint(outcome.fingerprint), ' ', el('strong', {}, inWords(outcome)), ' ', rest(outcome));

/** What was not seen, in the place of a finding. */
const notSeenFinding = reason => `was sent, but what it can do was not seen: ${reason}. Try again.`;

function replayFinding({ found: { loggedIn, readsNote, alive, reason } }) {
  if (reason) return notSeenFinding(reason);
  if (loggedIn) return readsNote ? 'is still logged in, and reads the note.' : 'is still logged in.';
  if (readsNote) return 'is not logged in, yet it reads the note.';
  return alive ? 'is not logged in and reads no note, but its session is still in the store.' : 'is worth nothing.';
}

/** What the stage has answered to the last requests of a try, as the exchange log has it. */
const answers = sender => latest.exchanges.filter(({ by }) => by === sender).slice(0, 2).reverse()
  .map(exchange => [requestLine(exchange), ' ', el('strong', {}, String(exchange.status)), ' ']);

function saveAnswer({ status }) {
  return status > 0 ? ['The save was answered ', el('strong', {}, String(status)), '.'] : null;
}

function underWay(save) {
  const seconds = el('span', { id: 'lab-seconds-left' });
  return el('p', { 'class': 'finding', 'data-running': true }, save.loggedOutMeanwhile
    ? [fingerprint(save.fingerprint), ' ', el('strong', {}, 'has its logout.'), ' The rest of the save follows in ', seconds, ' s.']
    : [el('strong', {}, 'Log out now'), ', while the save is under way: ', fingerprint(save.fingerprint), ' waits for ', seconds, ' s more.']);
}

function saveFinding({ loggedOutMeanwhile, found: { isLeftBehind, reason } }) {
  if (reason) return `had its logout, but whether the save brought the user back was not seen: ${reason}. Try again.`;
  if (!loggedOutMeanwhile) return 'was not logged out meanwhile. Try again, and log out while it is under way.';
  return isLeftBehind ? 'is logged in again: the save brought the user back.' : 'stays logged out: the save did not bring the user back.';
}

function linkFinding({ found: { withCookie, withoutCookie, method, reason } }) {
  if (reason) return notSeenFinding(reason);
  const by = method === 'GET' ? 'link' : 'form';
  if (withCookie) return `was logged out by the ${by}.`;
  if (withoutCookie) return `lives on, but without its cookie the ${by} takes it from the browser.`;
  return `is still logged in: the ${by} did not log it out.`;
}
