// Store: the rows of the session store. The one that this browser's cookie points to comes first, then what the last logout
// left, then the newest: a few of them, until somebody asks for all.

import { byId, el, fill, keep, time } from './lab-dom.js';
import { fingerprint } from './lab-fingerprints.js';

/** So many rows are shown at first. */
const FEW = 5;

const allButton = byId('lab-all-rows');
let latest = null;

allButton.addEventListener('click', () => {
  allButton.setAttribute('aria-expanded', !allAreShown());
  showStore(latest);
});

const allAreShown = () => allButton.getAttribute('aria-expanded') === 'true';

export function showStore(state) {
  latest = state;
  const { store, cookie, logout } = state;
  fill(byId('lab-count'), [store.count, store.rows.length], () => count(store));
  const importance = row => row.yours ? 2 : partOfLogout(row, logout) ? 1 : 0;
  const rows = [...store.rows].sort((one, other) => importance(other) - importance(one));
  allButton.hidden = rows.length <= FEW;
  allButton.textContent = allAreShown() ? `Show ${FEW}` : `Show all ${rows.length}`;
  const shown = allAreShown() ? rows : rows.slice(0, FEW);
  const dangling = cookie.fingerprint && !store.rows.some(row => row.yours) ? [{ fingerprint: cookie.fingerprint, dangling: true }] : [];
  keep(byId('lab-rows'), [...dangling, ...shown], keyOf, row => el('tr', { 'data-row': row.fingerprint.label }), (line, row) => {
    line.toggleAttribute('data-yours', row.yours === true);
    line.toggleAttribute('data-dangling', row.dangling === true);
    fill(line, { ...row, left: partOfLogout(row, logout) }, row.dangling ? danglingCells : cells);
  });
}

const keyOf = row => (row.dangling ? 'dangling ' : 'row ') + row.fingerprint.label;

function count({ count, rows }) {
  if (count === 0) return 'No rows.';
  if (count > rows.length) return `${count.toLocaleString('en')} rows; here are the newest.`;
  return count === 1 ? 'One row.' : `${count} rows.`;
}

/** What the last logout has to do with this row. */
function partOfLogout(row, logout) {
  if (!logout) return null;
  if (row.fingerprint.label === logout.exchange.sent.label) return 'old row';
  const begun = logout.columns.find(column => column.key === 'newRow').fingerprintAfter;
  return row.fingerprint.label === begun?.label && !row.user ? 'new row' : null;
}

function cells(row) {
  return [
    el('th', { scope: 'row' }, fingerprint(row.fingerprint),
      row.yours ? el('span', { 'class': 'tag' }, 'this browser') : null,
      row.visitor ? el('span', { 'class': 'tag', 'title': 'A visitor of the comparison page' }, 'comparison page') : null,
      row.left ? el('span', { 'class': 'tag left-tag', 'title': 'Left by the last logout' }, row.left) : null),
    el('td', { 'data-part': 'user' }, kept(row, 'user', user => el('strong', {}, user), 'nobody'), row.expired ? el('span', { 'class': 'tag' }, 'expired') : null),
    el('td', { 'data-part': 'note' }, kept(row, 'note', note => ['“', el('bdi', {}, note), '”'], 'none')),
    el('td', { 'data-part': 'created' }, time(row.created)),
    el('td', { 'data-part': 'last-used' }, time(row.lastUsed)),
  ];
}

const nothing = word => el('span', { 'class': 'nothing' }, word);

/** What a row keeps, or a word where that is nothing. */
const kept = (row, what, shown, none) => !row.legible ? nothing('not legible') : row[what] === null ? nothing(none) : shown(row[what]);

const danglingCells = row => [
  el('th', { scope: 'row' }, fingerprint(row.fingerprint), el('span', { 'class': 'tag' }, 'this browser')),
  el('td', { colspan: 4 }, nothing('No such row: the cookie points to nothing.')),
];
