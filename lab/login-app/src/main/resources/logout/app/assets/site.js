// Stage 1's only script; the site works without it.

import './accounts.js';

const login = document.getElementById('login');
if (login && !navigator.cookieEnabled) {
  const words = 'Your browser keeps no cookie for this site, so whoever logs in here is forgotten at once. Are cookies blocked?';
  login.before(Object.assign(document.createElement('p'), { id: 'no-cookies', role: 'alert', textContent: words }));
  document.getElementById('no-cookies').dataset.kind = 'problem';
}

// The Back button may bring a page back from the browser's memory (the "back/forward cache") just as it was left, name and
// note included, although the user has logged out since and the server said "no-store". So a page that comes
// back that way hides its content at once, before it can be read, and asks the server for itself anew.
addEventListener('pageshow', event => {
  if (!event.persisted) return;
  document.querySelector('main').hidden = true;
  location.reload();
});

// The lab panel has logged somebody in or out.
addEventListener('user-changed', () => location.reload());
