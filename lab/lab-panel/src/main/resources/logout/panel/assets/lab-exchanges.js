// Exchange log: the last exchanges, newest first. Each can be opened to read its headers.

import { ask } from './server.js';
import { byId, el, keep, requestLine, time } from './lab-dom.js';
import { fingerprint, withFingerprints } from './lab-fingerprints.js';
import { otherCookie } from './lab-browser.js';

const list = byId('lab-exchanges');

/** Where the arrow keys lead: to the place of an exchange, from the place of the one that has the focus. */
const MOVES = { ArrowDown: place => place + 1, ArrowUp: place => place - 1, Home: () => 0, End: () => list.children.length - 1 };

export function showExchanges({ server, exchanges, logout }) {
  // A stage that was started again counts from 1 again: its exchanges are others.
  keep(list, exchanges, exchange => `${server} ${exchange.number}`, exchange => exchangeItem(exchange, server), (item, exchange) => {
    item.toggleAttribute('data-logout', exchange.number === logout?.exchange.number);
  });
  const summaries = [...list.querySelectorAll('summary')];
  makeTabStop(summaries.find(one => one.tabIndex === 0) ?? summaries[0]);
}

/** The Tab key stops at one of the exchanges, not at each. */
function makeTabStop(stop) {
  for (const one of list.querySelectorAll('summary')) one.tabIndex = one === stop ? 0 : -1;
}

list.addEventListener('focusin', ({ target }) => {
  if (target.localName === 'summary') makeTabStop(target);
});

list.addEventListener('keydown', event => {
  const move = MOVES[event.key];
  if (!move || event.target.localName !== 'summary') return;
  event.preventDefault();
  list.children[move([...list.children].indexOf(event.target.closest('li')))]?.querySelector('summary').focus();
});

function exchangeItem(exchange, server) {
  const details = el('details', {},
    el('summary', { tabindex: -1 },
      el('span', { 'class': 'request-line' },
        requestLine(exchange),
        el('span', { 'class': 'status' }, ' ', String(exchange.status)),
        exchange.by === 'browser' ? null : el('span', { 'class': 'tag' }, exchange.by),
        el('span', { 'class': 'tag logout-tag' }, 'logout')),
      el('span', { 'class': 'sent' }, '→ ', exchange.sent ? ['Cookie ', fingerprint(exchange.sent)] : 'no cookie',
        exchange.others.length === 0 ? null : [', not taken: ', exchange.others.map(otherCookie)]),
      exchange.set.length === 0
        ? el('span', { 'class': 'set' }, '← no Set-Cookie')
        : exchange.set.map(setCookie),
      exchange.overwritten ? overwritten(exchange) : null),
    el('p', { 'class': 'quiet' }, `Exchange ${exchange.number}, `, time(exchange.time)));
  const place = el('div', {});
  details.append(place);
  details.addEventListener('toggle', () => {
    if (details.open && !place.querySelector('pre')) showHeaders(place, exchange, server);
  });
  return el('li', { 'data-exchange': exchange.number, 'data-overwritten': exchange.overwritten }, details);
}

/** The headers are asked for when somebody wants to read them: they are long, and most are never read. */
async function showHeaders(place, { number }, server) {
  place.replaceChildren(el('p', { 'class': 'quiet' }, 'Asking the server …'));
  const { status, body: { request, response }, error } = await ask('GET', `/lab/headers?exchange=${number}&server=${server}`);
  const trouble = status === 0 ? 'The server was not reached. Close this, and open it again later.' : error;
  place.replaceChildren(...request ? [...headers('Request', request), ...headers('Reply', response)] : [el('p', { 'class': 'quiet' }, trouble)]);
}

const setCookie = newId => el('span', { 'class': 'set' },
  '← Set-Cookie: ', el('strong', {}, newId ? 'new id' : 'deletion'), newId ? [' ', fingerprint(newId)] : null);

/** Why there is a cookie although the route cleared it: Jetty keeps one header for a cookie, the last. */
function overwritten({ set }) {
  const newId = set.find(id => id !== null);
  return el('span', { 'class': 'overwritten' },
    el('s', {}, 'Set-Cookie: deletion'), ' never left the server: the new session’s id',
    newId ? [' ', fingerprint(newId)] : null, ' overwrote it.');
}

function headers(title, lines) {
  return [el('p', { 'class': 'headers-title' }, title),
    el('pre', {}, lines.flatMap((line, i) => withFingerprints(i === 0 ? line : `\n${line}`)))];
}
