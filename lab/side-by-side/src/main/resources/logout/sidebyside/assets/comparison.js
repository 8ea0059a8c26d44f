// The comparison page: goes from step to step, and back, on all logouts at once.

import { byId, el, fill } from './lab-dom.js';
import { markTwins } from './lab-fingerprints.js';
import { openCode } from './comparison-code.js';
import { openDrawing } from './comparison-drawing.js';
import { keepPlace, readAddress, readRun } from './comparison-place.js';
import { askStory, Run } from './comparison-run.js';
import { columnHead, showStep, stepBody } from './comparison-table.js';
import { cellNews, remark } from './comparison-words.js';

const STACKS = ['spark', 'express'];

/** The stack whose logouts are shown. */
let { stack } = readAddress();

/** The logouts and the steps, as the server tells them. */
let story = null;

let run = new Run(stack);

/** How many steps are shown. */
let shown = 0;

/** The cells that still cover what they show: see cellKey. */
let covered = new Set();

/** What was shown of the other stack when one left it. */
const left = new Map();

/** The step that is waited for, in an object of its own for each wait; or null. Who waits in vain shows nothing. */
let waiting = null;

/** Whether somebody has pressed "next" while a step was waited for: that is done when it is there. */
let wanted = false;

/** What went wrong last: { message, over }, or null. */
let trouble = null;

const cellKey = (line, column) => `${line.key} ${column}`;
const isCovered = (line, column) => covered.has(cellKey(line, column));
const hasCovered = line => line.cells.some((_, column) => isCovered(line, column));
const shownLines = () => story.steps.slice(0, shown).flatMap(step => run.linesOf(step));

// Moves

/** Shows so many steps. Those that have not been done are done now, one after the other; meanwhile no other move is begun. */
async function goTo(count) {
  if (waiting) return;
  wanted = false;
  trouble = null;
  shown = Math.min(shown, count);
  const mine = waiting = { step: null };
  const current = run;
  try {
    while (shown < count) {
      mine.step = story.steps[shown];
      show();
      await current.begin();
      keep();
      await current.perform(mine.step);
      if (waiting !== mine) return;
      if (predict.on) cover(mine.step);
      shown++;
    }
  } catch (problem) {
    if (waiting === mine) trouble = problem;
  }
  if (waiting !== mine) return;
  waiting = null;
  show();
  const goOn = wanted && !trouble;
  wanted = false;
  if (mine.step && !trouble) arrive(story.steps[shown - 1]);
  if (goOn) forward();
}

function arrive(step) {
  tell(step);
  byId(`step-${step.key}`).scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function cover(step) {
  for (const line of run.linesOf(step)) line.cells.forEach((_, column) => covered.add(cellKey(line, column)));
}

/** Reveals a row that is covered, else goes to the next step. */
function forward() {
  wanted = waiting !== null;
  if (waiting || !story) return;
  const line = shownLines().find(hasCovered);
  if (line) revealRow(line);
  else if (shown < story.steps.length) goTo(shown + 1);
}

/** Takes the last step off the page, or waits for the next one no longer. What was done is not done again. */
function back() {
  wanted = false;
  if (!story) return;
  if (waiting) {
    waiting = null;
    show();
  } else if (shown > 0) {
    goTo(shown - 1);
  }
}

/** Forgets all that was seen, without asking. The next step begins a new run. */
function startAfresh() {
  run.end();
  run = new Run(stack);
  shown = 0;
  covered.clear();
  waiting = null;
  wanted = false;
  trouble = null;
  byId('news').textContent = 'A fresh start.';
  show();
}

function askWhetherToStartAfresh() {
  if (run.name !== null) byId('sure').showModal();
}

function revealRow(line) {
  line.cells.forEach((_, column) => covered.delete(cellKey(line, column)));
  revealed(line, `${line.name}. ${line.cells.map((_, column) => cellNews(story, line, column)).join('; ')}`);
}

function revealCell(line, column) {
  covered.delete(cellKey(line, column));
  revealed(line, cellNews(story, line, column));
  const coverIn = part => byId('comparison').querySelector(`${part} .cover`);
  (coverIn(`[data-column="${column}"]`) ?? coverIn('tbody') ?? byId('next')).focus();
}

function revealed(line, news) {
  show();
  const step = story.steps.find(each => run.linesOf(each).includes(line));
  byId('news').textContent = run.linesOf(step).some(hasCovered) ? news : `${news}. ${remark(story, run, step).text}`;
}

const predict = {
  on: false,

  // A browser that keeps nothing for this site throws; then the wish lasts as long as the page.
  read() { try { return localStorage.getItem('predict') === 'first'; } catch { return false; } },
  write() { try { localStorage.setItem('predict', this.on ? 'first' : 'no'); } catch { /* see above */ } },

  /** What has been seen stays seen: the next step is the first that is covered. */
  set(on) {
    this.on = on;
    byId('predict').setAttribute('aria-pressed', on);
    if (!on) covered.clear();
  },
};

// What is shown

function show() {
  for (const name of STACKS) byId(name).setAttribute('aria-pressed', name === stack);
  if (story) {
    for (const step of story.steps) {
      showStep({ story, step, ...whereabouts(step), isCovered, go: each => goTo(story.steps.indexOf(each) + 1), reveal: revealCell });
    }
    markTwins();
    showMoves();
    keep();
  }
  showNow();
}

const keep = () => keepPlace({ stack, shown, run, covered });

function whereabouts(step) {
  const place = story.steps.indexOf(step);
  const isShown = place < shown;
  return {
    lines: isShown ? run.linesOf(step) : [],
    state: waiting?.step === step ? 'running' : !isShown ? 'ahead' : place === shown - 1 ? 'now' : 'done',
  };
}

function showMoves() {
  const line = shownLines().find(hasCovered);
  const next = story.steps[shown];
  const [kind, what] = line ? ['Reveal the row', line.name] : next ? ['Next', next.title] : ['Done', 'That was all'];
  fill(byId('next'), [kind, what], () => [el('small', {}, kind), ' ', el('span', {}, what)]);
  byId('next').setAttribute('aria-disabled', waiting !== null || !line && !next);
  byId('back').setAttribute('aria-disabled', shown === 0 && waiting === null);
}

function showNow() {
  const step = waiting?.step ?? story?.steps[shown - 1] ?? null;
  const place = story?.steps.indexOf(step) + 1;
  fill(byId('now-title'), [step, place, story !== null], () => step === null ? story ? 'Ready when you are' : 'One moment'
    : [el('span', { 'class': 'place' }, `${place}/${story.steps.length}`), ` ${step.title}`]);
  byId('now-story').textContent = step?.story ?? 'Each step is done for real on every logout, at the moment when you get to it.';
  const { kind, text } = waiting?.step ? { kind: 'running', text: 'running …' }
    : step === null ? { kind: 'plain', text: story ? 'Next, the arrow keys or a clicker go on.' : 'Asking the server …' }
      : run.linesOf(step).some(hasCovered) ? { kind: 'predict', text: 'Predict first: what will it show?' }
        : remark(story, run, step);
  byId('now-remark').dataset.kind = kind;
  byId('now-remark').textContent = text;
  byId('now-remark').hidden = trouble !== null;
  fill(byId('trouble'), trouble && [trouble.message, trouble.over], troubled);
}

function troubled() {
  if (trouble === null) return [];
  const recover = el('button', { id: 'recover', type: 'button' }, trouble.over ? 'Start afresh' : 'Try again');
  recover.addEventListener('click', () => {
    byId('next').focus();
    if (!story) begin();
    else if (trouble.over) startAfresh();
    else forward();
  });
  return el('p', { 'class': 'trouble' }, `${trouble.message} `, recover);
}

/** For those who listen. */
function tell(step) {
  const lines = run.linesOf(step);
  byId('news').textContent = `${step.title}: ${lines.some(hasCovered)
    ? `done. Predict first: ${lines.map(line => line.name).join(', ')}?` : remark(story, run, step).text}`;
}

// Mouse, keys and clicker

const onPress = (id, act) => byId(id).addEventListener('click', act);

onPress('next', forward);
onPress('back', back);
onPress('afresh', askWhetherToStartAfresh);
onPress('sure-keep', () => byId('sure').close());
onPress('sure-afresh', () => {
  byId('sure').close();
  startAfresh();
});
onPress('predict', () => {
  predict.set(!predict.on);
  predict.write();
  show();
});

for (const dialog of [byId('code'), byId('drawing')]) {
  onPress(`${dialog.id}-close`, () => dialog.close());
  // A press beside the dialog counts as one on the dialog itself, not on what is in it.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
}

const KEYS = {
  ArrowRight: forward, ArrowDown: forward, PageDown: forward, Enter: forward, ' ': forward,
  ArrowLeft: back, ArrowUp: back, PageUp: back,
};

/** Whether a key belongs to what has the focus, or to the browser. */
function isTaken({ key, target, ctrlKey, altKey, metaKey, shiftKey }) {
  if (document.querySelector('dialog[open]') || ctrlKey || altKey || metaKey || shiftKey) return true;
  if (key === ' ' || key === 'Enter') return target.closest('button, a') !== null;
  const { scrollHeight, clientHeight } = document.documentElement;
  return (key === 'ArrowUp' || key === 'ArrowDown') && scrollHeight > clientHeight;
}

addEventListener('keydown', event => {
  const act = KEYS[event.key];
  if (!act || isTaken(event)) return;
  event.preventDefault();
  if (!event.repeat) act();
});

// The stacks

/** The logouts of a stack, and so many of the steps that this tab's run there has done. */
async function open(name, steps) {
  const opened = { story: await askStory(name), run: new Run(name), shown: 0, covered: new Set(), trouble: null };
  const known = readRun(name);
  if (known.name === null) return opened;
  try {
    opened.run = await Run.resume(name, known.name);
    opened.shown = Math.min(steps, opened.story.steps.filter(step => opened.run.linesOf(step).length > 0).length);
    opened.covered = new Set(known.covered);
  } catch (problem) {
    if (!problem.over) throw problem;
    if (steps > 0) opened.trouble = problem;
  }
  return opened;
}

/** Shows the logouts of another stack, as far as one had come there. Where it cannot be had, the reason is shown beside the switch. */
async function switchTo(other) {
  if (waiting || other === stack) return;
  const mine = waiting = { step: null };
  byId('stack-news').textContent = left.has(other) ? '' : `Waiting for ${byId(other).textContent} …`;
  let found = left.get(other);
  try {
    found ??= await open(other, Infinity);
    byId('stack-news').textContent = '';
  } catch (problem) {
    byId('stack-news').textContent = problem.message;
  }
  if (waiting !== mine) return;
  waiting = null;
  if (found) {
    if (story) left.set(stack, { story, run, shown, covered, trouble });
    stack = other;
    enter(found);
  }
  show();
}

/** Opens the drawing of what was just done on a logout. */
const draw = ({ name, title }, column) => openDrawing({ run, steps: story.steps.slice(0, shown), column, name, title });

function enter(opened) {
  ({ story, run, shown, covered, trouble } = opened);
  byId('comparison').dataset.stack = stack;
  byId('logouts').replaceChildren(...[...byId('logouts').children].slice(0, 2), ...story.logouts.map((logout, column) => columnHead(story, column, openCode, () => draw(logout, column))));
  for (const body of [...byId('comparison').tBodies]) body.remove();
  byId('comparison').append(...story.steps.map(stepBody));
  byId('comparison').hidden = false;
}

/** Shows what the address says, as far as it has been done. */
async function begin() {
  trouble = null;
  waiting = { step: null };
  show();
  try {
    enter(await open(stack, readAddress().shown));
  } catch (problem) {
    trouble = problem;
  }
  waiting = null;
  show();
}

for (const name of STACKS) onPress(name, () => switchTo(name));
predict.set(predict.read());
begin();
