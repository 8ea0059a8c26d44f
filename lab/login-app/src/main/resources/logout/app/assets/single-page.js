// Stages 2, 3 and 4: logging in, keeping a note and logging out without leaving the page.
//
// The server alone knows who is logged in. The page asks, shows the answer, and forgets it when told to.

import './accounts.js';
import { ask, reason } from './server.js';
import { allButtons, byId, current, disabling, isBusy, say, show } from './view.js';

/** What the page shows of somebody, as the server last told it: { user, note }. Nothing else remembers it. */
let shown = null;

/** A logout that got no answer. Until one comes, the page must not show again what it was told to forget. */
let logoutUnanswered = false;

/**
 * Goes up with everything the page asks or forgets. A reply is shown only if its turn is still the latest:
 * one that was begun before a logout comes too late, and must not bring a name or a note back.
 */
let turn = 0;

/** The other tabs of this stage. A channel belongs to one origin, port included, so stages do not hear each other. */
const otherTabs = new BroadcastChannel('login');

/** Forgets everything personal, in memory and on the page, where a view without any takes its place. */
function forget(nextView) {
  turn++;
  shown = null;
  show(nextView);
}

/** Asks who is logged in and shows that. The outcome: logged in, nobody, unknown, or late (a newer turn has begun). */
async function askWho() {
  const mine = ++turn;
  const me = await ask('GET', '/api/me');
  const reply = me.body.user ? await ask('GET', '/api/note') : me;
  if (mine !== turn) return { ...reply, outcome: 'late' };
  if (reply.status === 401) {
    if (current() !== 'login') forget('login');
    return { ...reply, outcome: 'nobody' };
  }
  if (reply.status !== 200 || !me.body.user) {
    if (!shown && current() !== 'login') show('trouble');
    return { ...reply, outcome: 'unknown' };
  }
  showUser(me.body.user, reply.body.note ?? '');
  return { ...reply, outcome: 'logged in' };
}

function showUser(user, note) {
  if (shown?.user !== user) {
    show('logged-in');
    byId('who').textContent = user;
    shown = { user, note: byId('note').value };
  }
  const field = byId('note');
  const typedOn = hasUnsaved();
  if (!typedOn) field.value = note;
  field.dir = 'auto'; // not before: Chromium overlooks the first text of a field that has it already
  shown = { user, note: typedOn ? note : field.value };
}

/** Whether there is text in the note's field that was not saved. */
const hasUnsaved = () => shown !== null && byId('note').value !== shown.note;

const GONE_FROM_HERE = 'Your name and note are gone from this page, but your session may still be alive on the server.';

/** What to add where the page has forgotten text that was not saved. */
const loss = wasUnsaved => wasUnsaved ? ' What you had written and not saved is gone from this page.' : '';

/** Brings the page up to date, and says what the user would not expect. */
async function refresh() {
  const somebodyWasShown = shown !== null;
  const wasUnsaved = hasUnsaved();
  const reply = await askWho();
  if (reply.outcome === 'nobody' && somebodyWasShown) say(`Your session is over.${loss(wasUnsaved)} Log in again to go on.`, 'problem');
  if (reply.outcome === 'unknown' && shown) say(`${reason(reply)} What you see here may be out of date.`, 'problem');
  if (reply.outcome === 'unknown' && current() === 'trouble') {
    say(`${reason(reply)} So this page cannot tell whether you are logged in. Is the server running?`, 'problem');
  }
}

async function logIn() {
  const [username, password] = [byId('username'), byId('password')];
  const mine = ++turn;
  say('');
  await disabling(allButtons(), async () => {
    const reply = await ask('POST', '/api/login', { username: username.value, password: password.value });
    if (reply.status === 200) {
      otherTabs.postMessage('logged in');
      const { outcome } = await askWho();
      if (outcome === 'nobody') {
        say('The server accepted the login, but your browser did not keep its session cookie. Are cookies blocked?', 'problem');
      }
      return;
    }
    if (mine !== turn) return;
    const refused = reply.status >= 400 && reply.status < 500;
    say(refused ? reply.error : `${reason(reply)} You are not logged in here. Wait a moment, then try again.`, 'problem');
    password.select();
  });
}

async function saveNote() {
  const note = byId('note').value;
  const mine = ++turn;
  say('');
  await disabling([byId('save-note')], async () => {
    const reply = await ask('PUT', '/api/note', { note, 'shown-user': shown.user });
    if (mine !== turn) return;
    if (reply.status === 200) {
      shown.note = note;
      say('Note saved.');
    } else if (reply.status === 401) {
      forget('login');
      say(`Your session is over, so the note was not saved.${loss(true)} Log in again to go on.`, 'problem');
    } else if (reply.status === 409) {
      forget('asking');
      await refresh();
      say(reply.error, 'problem');
    } else {
      const fate = reply.status === 0 ? 'Perhaps the note was not saved' : 'The note was not saved';
      say(`${reason(reply)} ${fate}; your text is still here. Change it or try again.`, 'problem');
    }
  });
}

async function logOut() {
  turn++;
  say('');
  await disabling(allButtons(), async () => {
    const reply = await ask('POST', '/api/logout');
    if (reply.status !== 204 && reply.status !== 0) return explainFailedLogout(reply);
    // The user wants to be gone from this screen, whether or not the server can be told.
    logoutUnanswered = reply.status === 0;
    forget(logoutUnanswered ? 'trouble' : 'login');
    say(logoutUnanswered ? `${reason(reply)} ${GONE_FROM_HERE}` : 'Logged out.', logoutUnanswered ? 'problem' : 'done');
    otherTabs.postMessage('logged out');
  });
}

/** Any reply but 204 is no logout; yet only the server knows what a half-done one left, so ask before saying. */
async function explainFailedLogout(reply) {
  const { outcome } = await askWho();
  if (outcome === 'late') return;
  if (outcome !== 'unknown') logoutUnanswered = false;
  say(`${reason(reply)} ${{
    'logged in': 'You are still logged in. Try again.',
    'nobody': 'A logout should answer 204. Even so, your session is over.',
    'unknown': 'Take it that you are still logged in, and try again.',
  }[outcome]}`, 'problem');
}

byId('view').addEventListener('submit', event => {
  event.preventDefault();
  if (event.target.id === 'login') logIn();
  if (event.target.id === 'note-form') saveNote();
});

byId('view').addEventListener('click', ({ target }) => {
  if (target.id === 'log-out') logOut();
  if (target.id === 'try-again') logoutUnanswered ? logOut() : disabling([target], refresh);
});

// Another tab logged in or out. What this one shows is no longer true, so it goes before the server is asked.
otherTabs.addEventListener('message', ({ data }) => {
  logoutUnanswered = false;
  const somebodyWasShown = shown !== null;
  const wasUnsaved = hasUnsaved();
  forget('asking');
  refresh().then(() => {
    if (somebodyWasShown && data === 'logged out' && current() === 'login') say(`You were logged out in another tab.${loss(wasUnsaved)}`);
  });
});

// The lab panel has logged somebody in or out.
addEventListener('user-changed', () => {
  if (!isBusy() && !logoutUnanswered) refresh();
});

// A session can also end without this page: by its age, or from another browser.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && !isBusy() && !logoutUnanswered) refresh();
});

// The Back button may bring this page back from the browser's memory just as it was left, even after a logout
// elsewhere: so it leaves with nothing on it, and asks again when it returns.
addEventListener('pagehide', () => {
  if (!logoutUnanswered) forget('asking');
});
addEventListener('pageshow', event => {
  if (!event.persisted || logoutUnanswered) return;
  forget('asking');
  refresh();
});

show('asking');
refresh();
