// A live exercise: what the last save has come to, and requests to try it with. The lab panel shows what they leave behind.

import './accounts.js';

const byId = id => document.getElementById(id);

async function ask() {
  try {
    const told = await (await fetch('/lab/exercise', { cache: 'no-store' })).json();
    byId('exercise-title').textContent = told.title;
    byId('exercise-goal').textContent = told.goal;
    byId('exercise-verdict').textContent = told.verdict;
    byId('exercise-verdict').dataset.kind = told.isSolved ? 'done' : 'problem';
    byId('exercise-file').textContent = `Edit ${told.file} and save.`;
    byId('exercise-hint').textContent = told.hint;
    byId('exercise-all').textContent = told.all.map(({ number, isSolved }) => `${number} ${isSolved ? '✓' : isSolved === false ? 'open' : '…'}`).join(' · ');
  } catch {
    byId('exercise-verdict').textContent = 'The server was not reached. Trying again …';
  }
  setTimeout(ask, 1000);
}

async function send(method, path, options = {}) {
  const reply = await fetch(path, { method, redirect: 'manual', ...options });
  byId('status').textContent = `${method} ${path} was answered ${reply.type === 'opaqueredirect' ? 'by a redirect' : reply.status}.`;
  dispatchEvent(new Event('exchange'));
}

byId('login').addEventListener('submit', event => {
  event.preventDefault();
  send('POST', '/api/login', { body: new URLSearchParams(new FormData(byId('login'))) });
});
byId('keep').addEventListener('click', () => send('PUT', '/api/note', { headers: { 'Content-Type': 'application/json' }, body: '{"note":"buy milk"}' }));
byId('post').addEventListener('click', () => send('POST', '/api/logout'));
byId('get').addEventListener('click', () => send('GET', '/logout'));
ask();
