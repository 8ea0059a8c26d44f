// The code: the logout route that runs, with what changed since the stage before, and since it was committed.

import { byId, el, fill } from './lab-dom.js';

const SIGNS = { new: '+', gone: '−', same: ' ' };

let code = null;

/** Which edit the code is of. */
let loaded = null;

/** Asks for the code, unless it is that of this edit already. */
export async function loadCode({ server, code: edit }) {
  const wanted = `${server} ${edit}`;
  if (loaded === wanted) return;
  try {
    const reply = await fetch('/lab/code', { cache: 'no-store' });
    if (reply.ok) {
      code = await reply.json();
      loaded = wanted;
    }
  } catch {
    // The panel says by itself that the server was not reached, and comes back here when it is.
  }
}

export function showCode({ exchanges, logout }) {
  if (!code) return;
  const overwritten = exchanges.some(exchange => exchange.number === logout?.exchange && exchange.overwritten);
  byId('lab-lines').hidden = false;
  fill(byId('lab-problem'), code.problem, () => code.problem === null ? [] : `What ran before goes on. ${code.problem}`);
  fill(byId('lab-source'), [code.file, code.edit !== null], source);
  fill(byId('lab-edit'), code.edit, edited);
  fill(byId('lab-chapter'), code.chapter, () => !code.chapter ? [] : ['In the project’s folder: ', el('code', {}, code.chapter), ' explains it, ', el('code', {}, 'docs/exercises/README.md'), ' lets you try.']);
  fill(byId('lab-lines'), [code.lines, overwritten], () => code.lines.flatMap((line, i) => [codeLine(line), overwritten ? remark(i) : null]));
}

function source() {
  const since = code.comparedWith === null ? null
    : [`. Since ${code.comparedWith.toLowerCase()}: `, el('ins', {}, '+ new'), ' ', el('del', {}, '− gone')];
  const tag = code.edit === null ? [] : [' ', el('strong', { 'class': 'tag edited' }, 'edited')];
  return [el('code', {}, code.file), ...tag, ...since ?? []];
}

/** What the saved route has changed since it was committed. */
const edited = edit => edit === null ? [] : [
  el('p', { 'class': 'quiet' }, 'Your edit, against the committed route:'),
  el('pre', {}, edit.map(codeLine)),
];

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
