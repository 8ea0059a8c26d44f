// The code: the logout route that runs, with what changed since the stage before, and since it was committed.

import { ask } from './server.js';
import { byId, el, fill } from './lab-dom.js';

const SIGNS = { new: '+', gone: '−', same: ' ' };

let code = null;

/** Which edit the code is of. */
let loaded = null;

/** Asks for the code, unless it is that of this edit already. */
export async function loadCode({ server, code: edit }) {
  const wanted = `${server} ${edit}`;
  if (loaded === wanted) return;
  const { status, body } = await ask('GET', '/lab/code');
  if (status === 200) [code, loaded] = [body, wanted];
}

export function showCode({ logout, code: edit }) {
  if (!code) return;
  const taken = logout?.code === edit ? takenRoute(logout.exchange) : null;
  byId('lab-copy').hidden = false;
  const overwritten = logout?.exchange.overwritten;
  byId('lab-lines').hidden = false;
  fill(byId('lab-problem'), code.problem, () => {
    if (code.problem) byId('lab-code').open = true;
    return code.problem ?? [];
  });
  fill(byId('lab-source'), [code.file, code.edit !== null], source);
  fill(byId('lab-edit'), code.edit, edited);
  fill(byId('lab-chapter'), code.chapter, () => !code.chapter ? [] : ['In the project’s folder: ', el('code', {}, code.chapter), ' explains it, ', el('code', {}, 'docs/exercises/README.md'), ' lets you try.']);
  fill(byId('lab-lines'), [code.lines, overwritten, taken], () => code.lines.flatMap((line, i) => [
    i === taken?.first ? remarkLine('▼ the route that the last logout took', 'remark route') : null,
    codeLine(line, i >= taken?.first && i <= taken?.last),
    overwritten ? remark(i) : null,
  ]));
}

/** The places of the first and the last line of the route that a logout took, or null. */
function takenRoute({ method, path }) {
  const begins = `spark.${method.toLowerCase()}("${path}",`;
  const first = code.lines.findIndex(line => isThere(line) && line.text.startsWith(begins));
  const last = code.lines.findIndex((line, i) => i > first && isThere(line) && line.text === '});');
  return first < 0 || last < 0 ? null : { first, last };
}

/** Whether the line is code that runs: one that is gone is shown to compare. */
const isThere = ({ change }) => change !== 'gone';

byId('lab-copy').addEventListener('click', async () => {
  const text = code.lines.filter(isThere).map(line => `${line.text}\n`).join('');
  const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
  byId('lab-copied').textContent = copied ? 'Copied.' : 'Not copied: the browser did not allow it.';
});

function source() {
  const since = code.comparedWith === null ? null
    : [`. Since ${code.comparedWith.toLowerCase()}: `, el('ins', {}, '+ new'), ' ', el('del', {}, '− gone')];
  const tag = code.edit === null ? [] : [' ', el('strong', { 'class': 'tag edited' }, 'edited')];
  return [el('code', {}, code.file), ...tag, ...since ?? []];
}

/** What the saved route has changed since it was committed. */
const edited = edit => edit === null ? [] : [
  el('p', { 'class': 'quiet' }, 'Your edit, against the committed route:'),
  el('pre', {}, edit.map(line => codeLine(line))),
];

function codeLine({ text, change }, isTaken = false) {
  const element = { new: 'ins', gone: 'del' }[change] ?? 'span';
  return el(element, { 'class': 'line', 'data-change': change, 'data-taken': isTaken },
    el('span', { 'class': 'sign' }, `${SIGNS[change]} `), `${text}\n`);
}

/** Where a deletion was overwritten in the reply: which line asked for it, and which one undid it. */
function remark(i) {
  const asksForDeletion = line => isThere(line) && line.text.includes('removeCookie(');
  const line = code.lines[i];
  if (asksForDeletion(line)) return remarkLine('① puts “Set-Cookie: deletion” into the reply …');
  return isThere(line) && line.text.includes('renew(') && code.lines.slice(0, i).some(asksForDeletion)
    ? remarkLine('② … and a new session’s “Set-Cookie: new id” overwrites it.') : null;
}

const remarkLine = (text, look = 'remark') => el('em', { 'class': look }, `${text}\n`);
