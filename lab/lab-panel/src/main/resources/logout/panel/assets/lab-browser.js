// Browser: the session cookie that this browser sends, and the row that it points to.

import { byId, el, fill, keeper } from './lab-dom.js';
import { fingerprint, fingerprintButton } from './lab-fingerprints.js';

/** How many session cookies of this browser are remembered. */
const REMEMBERED = 20;

// The fingerprints of the session cookies that this browser has held, newest last. After a logout it may hold none, and
// the server could not tell whose logout was whose.
const held = keeper('localStorage', 'held', []);

/** The query that tells the server which session cookies this browser has held. */
export const heldQuery = () => `?held=${held.read().join(',')}`;

export function rememberHeld({ cookie }) {
  if (!cookie.fingerprint) return;
  const { label } = cookie.fingerprint;
  held.write([...held.read().filter(other => other !== label), label].slice(-REMEMBERED));
}

export function showBrowser({ cookie, store }) {
  const row = store.rows.find(one => one.yours) ?? null;
  const content = row && { user: row.user, hasNote: row.note !== null, legible: row.legible, expired: row.expired };
  fill(byId('lab-cookie'), { cookie, content }, ({ cookie, content }) => {
    if (!cookie.fingerprint) {
      return [
        el('p', { 'class': 'cookie', 'data-cookie': 'none' }, el('strong', { 'class': 'nothing' }, 'No cookie')),
        el('p', { 'class': 'quiet' }, 'This browser sends no ', el('code', {}, cookie.name), '.'),
      ];
    }
    return [
      el('p', { 'class': 'cookie', 'data-cookie': content ? 'alive' : 'dangling' },
        el('code', {}, cookie.name), fingerprintButton(cookie.fingerprint)),
      el('p', { 'class': 'quiet' }, cookie.attributes.join(' · ')),
      el('p', { 'class': 'points' }, whereItPoints(content)),
      cookie.others.length === 0 ? null : el('p', { 'class': 'quiet' }, 'The server does not take: ', cookie.others.map(otherCookie)),
    ];
  });
}

/** Leads the eye from the cookie down to its row, where the store stands right below the browser. */
export function drawLine() {
  const [browser, store] = [byId('lab-browser'), byId('lab-store')];
  const row = store.querySelector('[data-yours] > th, [data-dangling] > th');
  const from = browser.querySelector('.cookie');
  const isBelow = store.offsetTop - browser.offsetTop - browser.offsetHeight < 2 * parseFloat(getComputedStyle(store).rowGap) + 1;
  browser.toggleAttribute('data-leads', row !== null && from !== null && isBelow);
  if (!row || !from) return;
  const middle = node => { const { top, height } = node.getBoundingClientRect(); return top + height / 2; };
  const top = middle(from);
  browser.style.setProperty('--line-begin', `${top - browser.getBoundingClientRect().top}px`);
  browser.style.setProperty('--line-length', `${middle(row) - top}px`);
}

new ResizeObserver(drawLine).observe(byId('lab-panel'));

/** A session cookie beside the one that the server takes. */
export const otherCookie = ({ name, fingerprint: id }) => [el('code', {}, name), ' ', id ? fingerprint(id) : '(empty)', ' '];

function whereItPoints(content) {
  if (!content) return el('strong', { 'class': 'nothing' }, 'points to no row: it dangles');
  if (!content.legible) return el('span', {}, 'points to a row that is not legible');
  const { user, hasNote, expired } = content;
  return el('span', {}, `points to ${user && !expired ? 'the' : 'a'} row of `, el('strong', {}, user ?? 'nobody'),
    hasNote ? ', with a note' : '', expired ? [' that has ', el('strong', {}, 'expired'), ': it lets nobody in'] : []);
}
