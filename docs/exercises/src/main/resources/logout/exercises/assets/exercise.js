// A live exercise: its goal, what the last save has come to, and the code. No request from here changes a file.

import { byId, el, fill, keeper } from './lab-dom.js';

const PAUSE = 500;
const REQUEST = /^(GET|POST) (\/\S+)$/;
const WORDS = { 'checking': 'Checking …', 'not-yet': 'Not yet', 'mistake': 'A mistake', 'solved': 'Solved' };

/** The exercise for which this page was made, and what was last seen of it. */
let shown = null;
let lastKind = null;

/** The numbers of those that this browser has seen solved. */
const solved = keeper('localStorage', 'solved exercises', []);

async function ask(method, query = '') {
  const reply = await fetch(`/lab/exercise${query}`, { method, cache: 'no-store' });
  return reply.ok ? reply.json() : Promise.reject(new Error(reply.status));
}

async function look() {
  try {
    show(await ask('GET'));
  } catch {
    fill(byId('exercise-verdict'), 'lost', () => [el('p', {}, 'The server was not reached. Trying again …')]);
  }
  setTimeout(look, PAUSE);
}

function show(told) {
  // Another exercise has been begun, from another tab: its app is another page.
  if (told.number !== (shown ??= told.number)) location.replace('/');
  const { kind } = told.verdict;
  if (kind === 'solved') solved.write([...new Set([...solved.read(), told.number])]);
  byId('exercise').dataset.verdict = kind;
  const text = parts(told);
  fill(byId('exercise-dots'), [told.number, solved.read()], () => told.titles.map((title, i) => dot(i + 1, title, told.number)));
  fill(byId('exercise-goal'), told.text, () => text.goal);
  fill(byId('exercise-try'), told.text, requests);
  fill(byId('exercise-verdict'), told.verdict, () => verdict(told.verdict, text.learned));
  fill(byId('exercise-hints'), [told.text, told.solution], () => text.hints);
  byId('exercise-file').textContent = told.file;
  fill(byId('exercise-lines'), [told.lines, told.verdict], () => code(told.lines, mistakenLine(told.verdict)));
  fill(byId('exercise-next'), [told.number, kind], () => next(told));
  if (kind === 'solved' && lastKind && lastKind !== 'solved') celebrate();
  lastKind = kind;
}

/** The exercise's page in the docs: its goal, the ladder of hints with the solution on its last rung, and what was learned. */
function parts({ text, solution }) {
  const page = document.createElement('template');
  page.innerHTML = text;
  const nodes = [...page.content.children];
  const folds = nodes.filter(node => node.matches('details'));
  const learned = folds.pop();
  learned.querySelector('summary').remove();
  folds.at(-1).replaceChildren(folds.at(-1).querySelector('summary'), el('pre', { tabindex: '0' }, solution));
  const end = nodes.findIndex(node => node.textContent.includes('-Dexercise='));
  return { goal: nodes.slice(1, end), hints: folds, learned };
}

function dot(number, title, current) {
  const isSolved = solved.read().includes(number);
  const label = `Exercise ${number}, ${title}${isSolved ? ': solved' : ''}`;
  return el('li', {}, el('a', {
    href: `/?exercise=${number}`, title: label, 'aria-label': label, 'data-solved': isSolved,
    'aria-current': number === current && 'page',
  }, isSolved ? '✓' : String(number)));
}

/** A button for each request that the goal names. */
function requests() {
  const named = [...byId('exercise-goal').querySelectorAll('code')].map(code => code.textContent.replace(/\s+/, ' '));
  return [...new Set(named.filter(text => REQUEST.test(text)))]
    .map(text => el('button', { type: 'button', 'class': 'small', 'data-request': text }, `Send ${text}`));
}

byId('exercise-try').addEventListener('click', async ({ target }) => {
  const request = target.dataset.request;
  if (!request) return;
  const [, method, path] = REQUEST.exec(request);
  const reply = await fetch(path, { method, redirect: 'manual' });
  const status = reply.type === 'opaqueredirect' ? 'a redirect' : reply.status;
  byId('exercise-tried').textContent = `${request} was answered ${status}. ${(await reply.text()).slice(0, 200)}`;
  dispatchEvent(new Event('exchange'));
});

function verdict({ kind, sentences: [first = '', ...others] }, learned) {
  const words = kind === 'solved' ? [...learned.childNodes] : el('p', {}, kind === 'mistake' ? `What ran before goes on. ${first}` : first);
  const more = others.length === 0 ? null : el('details', {},
    el('summary', {}, `${others.length} more ${others.length === 1 ? 'thing is' : 'things are'} not yet so`),
    el('ul', {}, others.map(sentence => el('li', {}, sentence))));
  return [el('strong', {}, WORDS[kind]), words, more];
}

const mistakenLine = ({ kind, sentences }) => kind === 'mistake' ? Number(/\.java, line (\d+)/.exec(sentences[0])?.[1] ?? 0) : 0;

/** The lines from tag to tag, with their numbers in the file; all lines where the mistake is elsewhere. */
function code(lines, mistake) {
  let first = lines.findIndex(line => line.includes('// tag::'));
  let last = lines.findIndex(line => line.includes('// end::'));
  if (first < 0 || last < first || mistake > 0 && (mistake <= first || mistake > last + 1)) [first, last] = [0, lines.length - 1];
  const indent = Math.min(...lines.slice(first, last + 1).filter(line => line.trim()).map(line => line.search(/\S/)));
  return lines.slice(first, last + 1)
    .map((line, i) => el('li', { value: first + i + 1, 'data-mistake': first + i + 1 === mistake }, line.slice(indent)));
}

function next({ number, titles, verdict: { kind } }) {
  const following = number % titles.length + 1;
  return el('a', { href: `/?exercise=${following}`, 'class': kind === 'solved' && 'button' }, `${following === 1 ? 'Back to' : 'Next:'} exercise ${following}, ${titles[following - 1]} →`);
}

function celebrate() {
  for (let i = 0; i < 16; i++) {
    const piece = el('i', { 'class': 'burst' });
    piece.style.setProperty('--turn', `${i * 22.5}deg`);
    piece.style.setProperty('--piece', `${i * 47 % 360}`);
    byId('exercise-verdict').append(piece);
  }
}

byId('exercise-copy').addEventListener('click', async ({ target }) => {
  const copied = await navigator.clipboard.writeText(byId('exercise-file').textContent).then(() => true, () => false);
  target.textContent = copied ? 'Copied' : 'Not copied';
});

/** The address says which exercise is wanted; then the page of that one is loaded. */
async function begin() {
  const wanted = new URLSearchParams(location.search).get('exercise');
  if (wanted === null) return look();
  await ask('POST', `?number=${encodeURIComponent(wanted)}`).catch(() => {});
  location.replace('/');
}

begin();
