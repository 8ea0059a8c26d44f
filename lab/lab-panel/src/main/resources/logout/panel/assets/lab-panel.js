// The lab panel: asks the server what it has seen, and shows it. Asking changes nothing: no session is made or used.

import { byId, el, fill, time } from './lab-dom.js';
import { markTwins } from './lab-fingerprints.js';
import { drawLine, heldQuery, rememberHeld, showBrowser } from './lab-browser.js';
import { showExchanges } from './lab-exchanges.js';
import { showStore } from './lab-store.js';
import { showLogout } from './lab-logout.js';
import { isUnderWay, showTries } from './lab-attacks.js';
import { loadCode, showCode } from './lab-code.js';
import { showGuide } from './lab-guide.js';
import { news } from './lab-news.js';
import { withWords } from './words.js';

/** Milliseconds between two looks; fewer while a slow save counts down. */
const PAUSE = 1000;
const SHORT_PAUSE = 400;

/** A server that has not answered after this many milliseconds counts as not reached. */
const TIMEOUT = 5000;

const panel = byId('lab-panel');
const lesson = document.querySelector('.lesson');
lesson.replaceChildren(...withWords(lesson.textContent));

/** What the server told last. */
let told = null;
let state = null;
let seen = null;
let looking = false;
let lookAgain = false;
let timer = null;

/** Asks, shows, and makes an appointment for the next time. While an answer is awaited, a second wish to look waits. */
async function look() {
  if (looking) {
    lookAgain = true;
    return;
  }
  clearTimeout(timer);
  looking = true;
  do {
    lookAgain = false;
    await lookOnce();
  } while (lookAgain);
  looking = false;
  if (document.visibilityState === 'visible') timer = setTimeout(look, isUnderWay(state?.slowSave) ? SHORT_PAUSE : PAUSE);
}

async function lookOnce() {
  const reply = await askForState();
  if (reply.trouble) return contact('lost', reply.trouble);
  try {
    if (reply.state !== told) await update(reply.state);
  } catch (fault) {
    console.error(fault);
    // Not shown whole: so it is to be shown again.
    told = null;
    return contact('lost', 'This panel has a fault and could not show what the server told it. The browser’s console says more.');
  }
  seen = new Date().toISOString();
  contact('live');
}

/** What the server tells: { state } as a text, or { trouble } as a sentence. */
async function askForState() {
  try {
    const reply = await fetch(`/lab/state${heldQuery()}`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return reply.ok ? { state: await reply.text() } : { trouble: await sentence(reply) };
  } catch {
    return { trouble: 'The server was not reached.' };
  }
}

async function update(text) {
  told = text;
  const next = JSON.parse(text);
  await loadCode(next);
  const before = state;
  state = next;
  rememberHeld(state);
  show();
  const changed = part => before && JSON.stringify(before[part]) !== JSON.stringify(next[part]);
  const said = news(before, next);
  // For those who listen: only what matters, not every look, and no longer than it is so.
  if (said || changed('user') || changed('cookie') || changed('store')) byId('lab-news').textContent = said;
  // A save may bring the user back after the page was made and before the first look.
  const isBack = !before && next.user && next.slowSave?.found?.isLeftBehind && !document.querySelector('main #who');
  if (isBack || changed('user') && (changed('slowSave') || changed('foreignLink'))) dispatchEvent(new Event('user-changed'));
}

/** What the server says is wrong; for want of that, its status. */
async function sentence(reply) {
  const body = await reply.json().catch(() => null);
  return body?.error ?? `The server answered ${reply.status}.`;
}

function show() {
  for (const part of [showBrowser, showExchanges, showStore, showLogout, showTries, showCode, showGuide]) part(state);
  markTwins();
  drawLine();
}

/** Says so when the panel may be out of date. */
function contact(kind, trouble = null) {
  panel.dataset.contact = kind;
  fill(byId('lab-contact'), [trouble, trouble && seen], () => trouble === null ? []
    : seen === null ? `${trouble} Trying again …`
      : el('span', {}, `${trouble} Showing what was last seen, at `, time(seen), '. Trying again …'));
}

/** Nobody who comes back to this page by the Back button shall find what was on it. */
function forget() {
  clearTimeout(timer);
  told = null;
  state = null;
  byId('lab-news').textContent = '';
  for (const part of document.querySelectorAll('[data-filled-in]')) fill(part, 'forgotten', () => []);
}

// The page's own requests say so when they are through: see server.js.
addEventListener('exchange', look);
addEventListener('pagehide', forget);
addEventListener('pageshow', event => {
  if (event.persisted) look();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') look();
  else clearTimeout(timer);
});

look();
