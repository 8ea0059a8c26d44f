// Browser: the session cookie that this browser sends, and the row that it points to.

import { byId, el, fill } from './lab-dom.js';
import { chipButton } from './lab-chips.js';

export function showBrowser({ cookie, store }) {
  const row = store.rows.find(one => one.yours) ?? null;
  fill(byId('lab-cookie'), { cookie, user: row?.user ?? null, hasNote: row?.note != null }, ({ cookie, user, hasNote }) => {
    if (!cookie.chip) {
      return [
        el('p', { 'class': 'cookie', 'data-cookie': 'none' }, el('strong', { 'class': 'nothing' }, 'No cookie')),
        el('p', { 'class': 'quiet' }, 'This browser sends no ', el('code', {}, cookie.name), '.'),
      ];
    }
    return [
      el('p', { 'class': 'cookie', 'data-cookie': cookie.row ? 'alive' : 'dangling' },
        el('code', {}, cookie.name), chipButton(cookie.chip)),
      el('p', { 'class': 'quiet' }, cookie.attributes.join(' · ')),
      el('p', { 'class': 'points' }, '↳ ', whereItPoints(cookie, user, hasNote)),
    ];
  });
}

function whereItPoints(cookie, user, hasNote) {
  if (!cookie.row) return el('strong', { 'class': 'nothing' }, 'points to no row: it dangles');
  const note = hasNote ? ', with a note' : '';
  if (user) return el('span', {}, 'points to the row of ', el('strong', {}, user), note);
  return el('span', {}, 'points to a row of ', el('strong', {}, 'nobody'), note);
}
