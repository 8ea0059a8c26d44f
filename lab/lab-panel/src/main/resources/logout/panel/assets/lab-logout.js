// What the last logout left: the columns of the residue table, before and after, as the server observed them.

import { byId, el, fill, keep, requestLine, time } from './lab-dom.js';
import { hasSave } from './lab-attacks.js';
import { showDrawing } from './lab-drawing.js';
import { fingerprintButton } from './lab-fingerprints.js';

/** The columns that have to be tried, each with the button that does it. */
const TRIES = { replay: 'replay', saveInFlight: 'slow-save', foreignLink: 'foreign-link' };

const hasToBeTried = ({ key }) => key in TRIES;

export function showLogout(state) {
  const { logout } = state;
  byId('lab-residue').hidden = logout === null;
  fill(byId('lab-which'), logout, () => logout ? which(logout) : []);
  fill(byId('lab-verdict'), [logout, userIsBack(state)], () => logout === null ? el('p', { 'class': 'quiet' }, 'Nobody has logged out here yet.')
    : [verdict(logout), userIsBack(state) ? el('p', { 'class': 'since' }, `And then the save in flight brought ${logout.user} back.`) : null]);
  byId('lab-drawing').hidden = logout === null;
  showDrawing(byId('lab-drawn'), logout?.recorded ?? [], byId('lab-said'));
  const columns = logout?.columns ?? [];
  showColumns(byId('lab-shown'), columns.filter(column => !hasToBeTried(column)));
  showColumns(byId('lab-tried'), columns.filter(hasToBeTried));
}

function showColumns(table, columns) {
  keep(table, columns, column => column.key,
    column => el('tr', { 'data-column': column.key }),
    (line, column) => fill(line, column, cells));
}

const which = ({ exchange, user }) => [requestLine(exchange), ` of ${user}, `, time(exchange.time)];

/** Whether the reply to a logout was an error. */
export const isFailed = ({ status }) => status >= 400;

/** Whether a save in flight has brought the user back into the session that was logged out last, and she is still there. */
const userIsBack = ({ logout, slowSave, store }) => hasSave(logout) && slowSave?.found?.isLeftBehind
  && store.rows.some(({ fingerprint: { label }, user }) => user !== null && label === logout.exchange.sent.label && label === slowSave.fingerprint.label);

/** The outcome in a sentence, made of what the columns say; and why, where one can wonder. Ids are shown by mark. */
export function verdict({ exchange, columns }, mark = fingerprintButton) {
  const { reply, setCookie, cookie, oldRow, newRow } = Object.fromEntries(columns.map(column => [column.key, column]));
  const rows = [oldRow, newRow].filter(row => row.fingerprintAfter);
  const notSeen = [oldRow, newRow].find(row => row.notSeen)?.notSeen;
  const failure = isFailed(exchange) ? [el('strong', {}, 'The logout failed: '), `its reply was ${reply.after}. `] : [];
  if (!cookie.fingerprintAfter && rows.length === 0) {
    return el('div', { 'class': 'verdict', 'data-left': notSeen ? 'unknown' : 'nothing' },
      el('p', {}, failure, notSeen ? [el('strong', {}, 'The session’s cookie is gone from the browser. '), `What is in the store was not seen: ${notSeen}.`]
        : [el('strong', {}, 'Nothing was left: '), 'the session’s cookie is gone from the browser, its row from the store.']));
  }
  const things = rows.map(row => [
    row.fingerprintAfter.label === cookie.fingerprintAfter?.label ? 'the row it points to' : row === oldRow ? 'the old row' : 'a new row',
    ` (${row.after.replace(/^(one|stays), /, '')})`]);
  if (cookie.fingerprintAfter) {
    const kind = { same: 'the same cookie', replaced: 'a new cookie' }[cookie.after] ?? 'a cookie';
    things.unshift([`${kind} `, mark(cookie.fingerprintAfter)]);
  }
  return el('div', { 'class': 'verdict', 'data-left': 'something' },
    el('p', {}, failure, el('strong', {}, 'Left behind: '), things.flatMap((thing, i) => i === 0 ? thing : [' and ', ...thing]), '.'),
    notSeen ? el('p', {}, `What else is in the store was not seen: ${notSeen}.`) : null,
    setCookie.after.includes('overwritten') ? why() : null);
}

/** Why there is a cookie, although the route cleared it. */
function why() {
  return el('p', { 'class': 'why' }, el('strong', {}, 'Why is there a cookie? '),
    'The deletion never left the server: the new session’s id overwrote it. See the exchange log, and the code.');
}

function cells(column) {
  return [el('th', { scope: 'row' }, column.name), el('td', {}, ...change(column))];
}

function change(column) {
  const after = column.after === null ? notSeenYet(column) : part(column.fingerprintAfter, column.after);
  const before = part(column.fingerprintBefore, column.before, isOver(column));
  return [
    before.length === 0 ? null : [el('span', { 'data-part': 'before' }, before), ' → '],
    el('span', { 'data-part': 'after' }, after),
  ].flat();
}

/** Whether the id that was there before is there no longer. */
const isOver = ({ fingerprintBefore, fingerprintAfter }) => fingerprintBefore !== null && fingerprintBefore.label !== fingerprintAfter?.label;

function part(id, words, over = false) {
  const fingerprint = id && fingerprintButton(id);
  fingerprint?.classList.toggle('over', over);
  return [fingerprint, fingerprint && words !== null ? ' ' : null, words === null ? null : el('span', { 'class': 'words' }, words)]
    .filter(one => one !== null);
}

function notSeenYet({ key, notSeen }) {
  return [el('span', { 'class': 'words nothing' }, notSeen ? `not seen: ${notSeen}` : 'not tried yet'),
    ...key in TRIES ? [' ', el('a', { href: `#lab-try-${TRIES[key]}` }, notSeen ? 'Try again' : 'Try it')] : []];
}
