// Try it: three things that somebody else might do, each done by the server with real requests, and what came of it.

import { ask, reason } from './server.js';
import { byId, el, fill } from './lab-dom.js';
import { fingerprint } from './lab-fingerprints.js';
import { heldQuery } from './lab-browser.js';

/** What the server said against a try, by its name; shown instead of an outcome until the next attempt. */
const refusals = {};

/** The tries whose request has no answer yet. */
const awaited = new Set();

let latest = null;

/** The page's own control that logs out, or null where the page has none now. */
const pagesLogout = () => document.querySelector('main [data-log-out]');

export function showTries(state) {
  latest = state;
  show('replay', state.replay, replayed);
  showSlowSave(state.slowSave);
  show('foreign-link', state.foreignLink, followed);
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

/** The seconds stand apart: they change at each look, and the button beside them must not lose the focus for that. */
function showSlowSave(save) {
  const atLogout = document.activeElement?.id === 'lab-log-out-now';
  const { secondsLeft, ...outcome } = save ?? {};
  show('slow-save', save && { ...outcome, canLogOut: pagesLogout() !== null, toLogout: byId('to-profile')?.href }, saved);
  if (save?.running && byId('lab-seconds-left')) byId('lab-seconds-left').textContent = secondsLeft;
  if (atLogout && !byId('lab-log-out-now')) byId('lab-try-slow-save').focus();
}

byId('lab-try').addEventListener('click', async ({ target }) => {
  if (target.id === 'lab-log-out-now') pagesLogout()?.click();
  const name = target.dataset.try;
  if (!name || target.getAttribute('aria-disabled') === 'true') return;
  awaited.add(name);
  if (latest) showTries(latest);
  const reply = await ask('POST', `/lab/${name}${heldQuery()}`);
  awaited.delete(name);
  refusals[name] = reply.status === 202 ? null : reply.status === 0 ? reason(reply) : reply.error;
  if (latest) showTries(latest);
  if (refusals[name]) byId('lab-news').textContent = refusals[name];
});

function replayed(replay) {
  const { fingerprint: id } = replay;
  return [el('p', { 'class': 'finding' }, fingerprint(id), ' ', el('strong', {}, replayFinding(replay))), answers('replay')];
}

/** What was not seen, in the place of a finding. */
const notSeenFinding = reason => `was sent, but what it can do was not seen: ${reason}. Try again.`;

export function replayFinding({ loggedIn, readsNote, alive, notSeen }) {
  if (notSeen) return notSeenFinding(notSeen);
  if (loggedIn) return readsNote ? 'is still logged in, and reads the note.' : 'is still logged in.';
  if (readsNote) return 'is not logged in, yet it reads the note.';
  return alive ? 'is not logged in and reads no note, but its session is still in the store.' : 'is worth nothing.';
}

/** What the stage has answered to the last requests of a try, as the exchange log has it. */
function answers(sender) {
  const exchanges = latest.exchanges.filter(({ by }) => by === sender).slice(0, 2).reverse();
  return el('dl', {}, exchanges.map(({ method, path, status }) =>
    [el('dt', {}, el('code', {}, `${method} ${path}`)), el('dd', {}, el('strong', {}, String(status)))]));
}

function saved(save) {
  if (save.running) {
    const seconds = el('span', { id: 'lab-seconds-left' });
    return save.loggedOutMeanwhile
      ? el('p', { 'class': 'finding', 'data-running': true }, fingerprint(save.fingerprint), ' ', el('strong', {}, 'has its logout.'),
        ' The rest of the save follows in ', seconds, ' s.')
      : [
        el('p', { 'class': 'finding', 'data-running': true }, el('strong', {}, 'Log out now'), ', while it is under way.'),
        wayOut(save),
        el('p', {}, fingerprint(save.fingerprint), ' waits for ', seconds, ' s more.'),
      ];
  }
  return [
    el('p', { 'class': 'finding' }, fingerprint(save.fingerprint), ' ', el('strong', {}, saveFinding(save))),
    el('p', {}, 'The save was answered ', el('strong', {}, String(save.status)), '.',
      save.userBack ? [' ', el('a', { href: '/' }, 'Go to the home page'), ' and see.'] : null),
  ];
}

/** The page's logout within reach; on a page without one, the way to it. */
function wayOut({ canLogOut, toLogout }) {
  if (canLogOut) return el('button', { type: 'button', id: 'lab-log-out-now', 'class': 'primary' }, 'Log out now');
  return toLogout ? el('p', {}, 'The logout stands on ', el('a', { href: toLogout }, 'your profile'), '.') : [];
}

export function saveFinding({ loggedOutMeanwhile, userBack, notSeen }) {
  if (notSeen) return `was logged out meanwhile, but whether the user is back was not seen: ${notSeen}. Try again.`;
  if (!loggedOutMeanwhile) return 'was not logged out meanwhile. Try again, and log out while it is under way.';
  return userBack ? 'is logged in again: the save brought the user back.' : 'stays logged out: the save did not bring the user back.';
}

function followed(followedLink) {
  const { loggedOut, fingerprint: id } = followedLink;
  return [
    el('p', { 'class': 'finding' }, fingerprint(id), ' ', el('strong', {}, linkFinding(followedLink))),
    loggedOut ? el('p', {}, el('a', { href: '/' }, 'Go to the home page'), ' and see.') : null,
  ];
}

export function linkFinding({ request, loggedOut, cookieLost, notSeen }) {
  if (notSeen) return notSeenFinding(notSeen);
  const by = request.startsWith('GET ') ? 'link' : 'form';
  if (loggedOut) return `was logged out by the ${by}.`;
  if (cookieLost) return `lives on, but without its cookie the ${by} takes it from the browser.`;
  return `is still logged in: the ${by} did not log it out.`;
}
