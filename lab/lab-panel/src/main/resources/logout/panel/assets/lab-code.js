// The code: this stage's logout route as it was compiled, with what changed since the stage before.

import { byId, el, fill } from './lab-dom.js';

const SIGNS = { new: '+', gone: '−', same: ' ' };

/** Asked for once: while the server runs, its code stays as it is. */
let code = null;

export async function loadCode() {
  if (code) return;
  try {
    const reply = await fetch('/lab/code');
    if (reply.ok) code = await reply.json();
  } catch {
    // The panel says by itself that the server was not reached, and comes back here when it is.
  }
}

export function showCode({ exchanges, logout }) {
  if (!code) return;
  const overwritten = exchanges.some(exchange => exchange.number === logout?.exchange && exchange.overwritten);
  byId('lab-lines').hidden = false;
  fill(byId('lab-source'), code.file, source);
  fill(byId('lab-lines'), overwritten, () => code.lines.flatMap((line, i) => [codeLine(line), overwritten ? remark(i) : null]));
}

function source() {
  const since = code.comparedWith === null ? null
    : [`. Since ${code.comparedWith.toLowerCase()}: `, el('ins', {}, '+ new'), ' ', el('del', {}, '− gone')];
  return [el('code', {}, code.file), ...since ?? []];
}

function codeLine({ text, change }) {
  const element = { new: 'ins', gone: 'del' }[change] ?? 'span';
  return el(element, { 'class': 'line', 'data-change': change }, `${SIGNS[change]} ${text}\n`);
}

/** Where a deletion was overwritten in the reply: which line asked for it, and which one undid it. */
function remark(i) {
  const asksForDeletion = ({ text, change }) => change !== 'gone' && text.includes('removeCookie(');
  const { text, change } = code.lines[i];
  if (asksForDeletion(code.lines[i])) return remarkLine('① puts “Set-Cookie: deletion” into the reply …');
  return change !== 'gone' && text.includes('renew(') && code.lines.slice(0, i).some(asksForDeletion)
    ? remarkLine('② … and a new session’s “Set-Cookie: new id” takes its place.') : null;
}

const remarkLine = text => el('em', { 'class': 'remark' }, `${text}\n`);
