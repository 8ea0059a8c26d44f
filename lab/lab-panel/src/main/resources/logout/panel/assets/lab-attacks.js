// Try it: three things that somebody else might do, each done by the server with real requests, and what came of it.

import { ask, reason } from './server.js';
import { byId, el, fill } from './lab-dom.js';
import { fingerprint } from './lab-fingerprints.js';
import { heldQuery } from './lab-browser.js';

/** What the server said against a try, by its name; shown instead of an outcome until the next attempt. */
const refusals = {};

/** The tries whose request has no answer yet. */
const awaited = new Set();

/** The tries, each with its part of the state. */
const KEYS = { replay: 'replay', 'slow-save': 'slowSave', 'foreign-link': 'foreignLink' };

let latest = null;

/** The try that was pressed last on this page. */
let pressed = null;

export function showTries(state) {
  latest = state;
  show('replay', state.replay, replayed);
  showSlowSave(state.slowSave);
  show('foreign-link', state.foreignLink, followed);
  if (!byId('lab-guide')) return;
  const told = newest(state);
  for (const name of Object.keys(KEYS)) byId(`lab-${name}-outcome`).hidden = name !== told;
}

/** Whether what a try has found of a session is still so, by the session's row. */
const IS_SO = {
  replay: (replay, row) => replay.notSeen || replay.loggedIn === Boolean(row?.user) && replay.alive === Boolean(row),
  'slow-save': (save, row) => save.running || save.notSeen || save.userBack === Boolean(row?.user),
  'foreign-link': (link, row) => link.notSeen || link.loggedOut !== Boolean(row?.user),
};

/** The try whose outcome the guide tells: of this story, for a new login begins another one. */
function newest({ user, cookie, logout, store, ...state }) {
  if (awaited.has(pressed) || refusals[pressed]) return pressed;
  const isTold = name => {
    const tried = state[KEYS[name]];
    const label = tried?.fingerprint.label;
    const isOfThisStory = label === cookie.fingerprint?.label || user === null && label === logout?.old.label
      || user !== null && cookie.fingerprint.label === logout?.old.label;
    return tried && isOfThisStory && IS_SO[name](tried, store.rows.find(row => row.fingerprint.label === label));
  };
  return [pressed, 'foreign-link', 'slow-save', 'replay'].find(isTold);
}

function show(name, outcome, build) {
  const refusal = refusals[name] ?? null;
  const isAwaited = awaited.has(name);
  const isUnderWay = outcome?.running === true;
  // Not disabled, for then it would lose the focus.
  byId(`lab-try-${name}`).setAttribute('aria-disabled', isAwaited || isUnderWay);
  fill(byId(`lab-${name}-outcome`), { outcome, refusal, isAwaited }, () => {
    if (isAwaited) return el('p', { 'class': 'quiet awaited' }, 'Waiting for the server …');
    if (refusal) return el('p', { 'class': 'trouble' }, refusal);
    return outcome ? build(outcome) : [];
  });
}

/** The seconds stand apart: they change at each look. */
function showSlowSave(save) {
  const { secondsLeft, ...outcome } = save ?? {};
  show('slow-save', save && outcome, saved);
  if (save?.running) byId('lab-seconds-left')?.replaceChildren(secondsLeft);
}

byId('lab-try').addEventListener('click', async ({ target }) => {
  const name = target.dataset.try;
  if (!name || target.getAttribute('aria-disabled') === 'true') return;
  awaited.add(pressed = name);
  if (latest) showTries(latest);
  const reply = await ask('POST', `/lab/${name}${heldQuery()}`);
  awaited.delete(name);
  refusals[name] = reply.status === 202 ? null : reply.status === 0 ? reason(reply) : reply.error;
  if (latest) showTries(latest);
  if (refusals[name]) byId('lab-news').textContent = refusals[name];
});

const replayed = replay => finding('The old cookie ', replay, replayFinding(replay), answers('replay'));

/** What came of a try, in a sentence, with what it was answered. */
const finding = (title, { fingerprint: id }, sentence, rest) =>
  el('p', { 'class': 'finding' }, title, fingerprint(id), ' ', el('strong', {}, sentence), ' ', rest);

/** What was not seen, in the place of a finding. */
const notSeenFinding = reason => `was sent, but what it can do was not seen: ${reason}. Try again.`;

export function replayFinding({ loggedIn, readsNote, alive, notSeen }) {
  if (notSeen) return notSeenFinding(notSeen);
  if (loggedIn) return readsNote ? 'is still logged in, and reads the note.' : 'is still logged in.';
  if (readsNote) return 'is not logged in, yet it reads the note.';
  return alive ? 'is not logged in and reads no note, but its session is still in the store.' : 'is worth nothing.';
}

/** What the stage has answered to the last requests of a try, as the exchange log has it. */
const answers = sender => latest.exchanges.filter(({ by }) => by === sender).slice(0, 2).reverse()
  .map(({ method, path, status }) => [el('code', {}, `${method} ${path}`), ' ', el('strong', {}, String(status)), ' ']);

function saved(save) {
  if (!save.running) return finding('The session ', save, saveFinding(save), ['The save was answered ', el('strong', {}, String(save.status)), '.']);
  const seconds = el('span', { id: 'lab-seconds-left' });
  return el('p', { 'class': 'finding', 'data-running': true }, save.loggedOutMeanwhile
    ? [fingerprint(save.fingerprint), ' ', el('strong', {}, 'has its logout.'), ' The rest of the save follows in ', seconds, ' s.']
    : [el('strong', {}, 'Log out now'), ', while the save is under way: ', fingerprint(save.fingerprint), ' waits for ', seconds, ' s more.']);
}

export function saveFinding({ loggedOutMeanwhile, userBack, notSeen }) {
  if (notSeen) return `was logged out meanwhile, but whether the user is back was not seen: ${notSeen}. Try again.`;
  if (!loggedOutMeanwhile) return 'was not logged out meanwhile. Try again, and log out while it is under way.';
  return userBack ? 'is logged in again: the save brought the user back.' : 'stays logged out: the save did not bring the user back.';
}

const followed = link => finding('The session ', link, linkFinding(link), null);

export function linkFinding({ request, loggedOut, cookieLost, notSeen }) {
  if (notSeen) return notSeenFinding(notSeen);
  const by = request.startsWith('GET ') ? 'link' : 'form';
  if (loggedOut) return `was logged out by the ${by}.`;
  if (cookieLost) return `lives on, but without its cookie the ${by} takes it from the browser.`;
  return `is still logged in: the ${by} did not log it out.`;
}
