// Try it: three things that somebody else might do, each done by the server with real requests, and what came of it.

import { ask, reason } from './server.js';
import { byId, el, fill } from './lab-dom.js';
import { fingerprint } from './lab-fingerprints.js';
import { heldQuery } from './lab-browser.js';

/** What the server said against a try, by its name; shown instead of an outcome until the next attempt. */
const refusals = {};

let latest = null;

export function showTries(state) {
  latest = state;
  show('replay', state.replay, replayed);
  show('slow-save', state.slowSave, saved);
  show('foreign-link', state.foreignLink, followed);
  mark(byId('lab-try-slow-save'), state.slowSave?.running === true);
}

function show(name, outcome, build) {
  const refusal = refusals[name] ?? null;
  fill(byId(`lab-${name}-outcome`), { outcome, refusal }, () => {
    if (refusal) return el('p', { 'class': 'trouble' }, refusal);
    return outcome ? build(outcome) : [];
  });
}

/** Marks a button as busy. It is not disabled, for then it would lose the focus. */
const mark = (button, busy) => button.setAttribute('aria-disabled', busy);

const isBusy = button => button.getAttribute('aria-disabled') === 'true';

byId('lab-try').addEventListener('click', async ({ target }) => {
  const name = target.dataset.try;
  if (!name || isBusy(target)) return;
  mark(target, true);
  const reply = await ask('POST', `/lab/${name}${heldQuery()}`);
  mark(target, false);
  refusals[name] = reply.status === 202 ? null : reply.status === 0 ? reason(reply) : reply.error;
  if (latest) showTries(latest);
  if (refusals[name]) byId('lab-news').textContent = refusals[name];
});

function replayed(replay) {
  const { fingerprint: id, me, note } = replay;
  return [
    el('p', { 'class': 'finding' }, fingerprint(id), ' ', el('strong', {}, replayFinding(replay))),
    el('dl', {}, answer('GET /api/me', me), answer('GET /api/note', note)),
  ];
}

/** What was not seen, in the place of a finding. */
const notSeenFinding = reason => `was sent, but what it can do was not seen: ${reason}. Try again.`;

export function replayFinding({ me, note, alive, notSeen }) {
  if (notSeen) return notSeenFinding(notSeen);
  const readsNote = note.status === 200 && !/^\s*\{\s*"note"\s*:\s*null\s*\}\s*$/.test(note.body);
  if (me.status === 200) return readsNote ? 'is still logged in, and reads the note.' : 'is still logged in.';
  if (readsNote) return 'is not logged in, yet it reads the note.';
  return alive ? 'is not logged in and reads no note, but its session is still in the store.' : 'is worth nothing.';
}

function answer(request, { status, body }) {
  return [el('dt', {}, el('code', {}, request)), el('dd', {}, el('strong', {}, String(status)), ' ', el('code', {}, body))];
}

function saved(save) {
  if (save.running) {
    return [
      el('p', { 'class': 'finding', 'data-running': true }, el('strong', {}, 'Log out now'), ', while it is under way.'),
      el('p', {}, fingerprint(save.fingerprint), ` saves for ${save.secondsLeft} s more.`),
    ];
  }
  return [
    el('p', { 'class': 'finding' }, fingerprint(save.fingerprint), ' ', el('strong', {}, saveFinding(save))),
    el('p', {}, 'The save was answered ', el('strong', {}, String(save.status)), '.',
      save.userBack ? [' ', el('a', { href: '/' }, 'Go to the home page'), ' and see.'] : null),
  ];
}

export function saveFinding({ loggedOutMeanwhile, userBack, notSeen }) {
  if (notSeen) return `was logged out meanwhile, but whether the user is back was not seen: ${notSeen}. Try again.`;
  if (!loggedOutMeanwhile) return 'was not logged out meanwhile. Try again, and log out within the three seconds.';
  return userBack ? 'is logged in again: the save brought the user back.' : 'stays logged out: the save did not bring the user back.';
}

function followed(followedLink) {
  const { request, status, loggedOut, fingerprint: id } = followedLink;
  return [
    el('p', { 'class': 'finding' }, fingerprint(id), ' ', el('strong', {}, linkFinding(followedLink))),
    el('dl', {}, el('dt', {}, el('code', {}, request)), el('dd', {}, el('strong', {}, String(status)),
      loggedOut ? [' ', el('a', { href: '/' }, 'Go to the home page'), ' and see.'] : null)),
  ];
}

export function linkFinding({ request, status, loggedOut, cookieLost, notSeen }) {
  if (notSeen) return notSeenFinding(notSeen);
  const by = request.startsWith('GET ') ? 'link' : 'form';
  if (loggedOut) return `was logged out by the ${by}.`;
  if (cookieLost) return `lives on, but without its cookie the ${by} takes it from the browser.`;
  return status >= 400 ? `is still logged in: the ${by} was refused.` : 'is still logged in.';
}
