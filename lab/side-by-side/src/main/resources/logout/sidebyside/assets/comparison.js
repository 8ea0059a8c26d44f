// The comparison page: goes from step to step, and back, on all logouts at once.

import { byId, el, fill } from './lab-dom.js';
import { markTwins } from './lab-fingerprints.js';
import { about, answersTo, choiceKey, coverable, scoreOf } from './comparison-choices.js';
import { openCode } from './comparison-code.js';
import { openDrawing } from './comparison-drawing.js';
import { keepPlace, keepWish, readAddress, readRun, readWish } from './comparison-place.js';
import { askStory, Run } from './comparison-run.js';
import { askForAll, columnHead, showStep, stepBody } from './comparison-table.js';
import { cellNews, columnName, remark, sum } from './comparison-words.js';

/** The stack whose logouts are shown. */
const { stack } = readAddress();

/** The logouts and the steps, as the server tells them. */
let story = null;

let run = new Run(stack);

/** How many steps are shown. */
let shown = 0;

/** Whether what is asked is covered when its step comes. */
let predicts = true;

/** What is still covered: a step and a column each. */
let covered = new Set();

/** What the reader foresees: see choiceKey. */
let choices = {};

/** The step that is waited for, in an object of its own for each wait; or null. Who waits in vain shows nothing. */
let waiting = null;

/** What somebody has pressed while a step was waited for: that is done when it is there. */
let wanted = null;

/** What went wrong last: { message, over }, or null. */
let trouble = null;

const columns = () => story.logouts.map((_, column) => column);
const shownSteps = () => story?.steps.slice(0, shown) ?? [];
const coverKey = (step, column) => `${step.key} ${column}`;
const stepOf = line => story.steps.find(step => run.linesOf(step).includes(line));
const isCovered = (line, column) => covered.has(coverKey(stepOf(line), column)) && coverable(run.linesOf(stepOf(line))).includes(line);
const hasCovered = step => columns().some(column => covered.has(coverKey(step, column)));

/** The step that "next" uncovers. One of which somebody has uncovered a part is left so until the end: a lesson may go by columns. */
const toUncover = () => shownSteps().find(step => columns().every(column => covered.has(coverKey(step, column))))
  ?? (shown === story?.steps.length ? shownSteps().find(hasCovered) : undefined);

// Moves

/** Shows so many steps. Those that have not been done are done now, one after the other; meanwhile one other move is kept. */
async function goTo(count) {
  if (waiting) {
    wanted = () => goTo(count);
    return;
  }
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
      if (predicts && run.linesOf(mine.step).some(answersTo)) columns().forEach(column => covered.add(coverKey(mine.step, column)));
      shown++;
    }
  } catch (problem) {
    if (waiting === mine) trouble = problem;
  }
  if (waiting !== mine) return;
  waiting = null;
  show();
  if (mine.step && !trouble) arrive(story.steps[shown - 1]);
  goOn();
}

/** Does what was pressed meanwhile. */
function goOn() {
  const act = wanted;
  wanted = null;
  if (!trouble) act?.();
}

function arrive(step) {
  tell(step);
  byId(`step-${step.key}`).scrollIntoView({ block: 'nearest', inline: 'nearest' });
  byId('conclusion').scrollIntoView({ block: 'nearest' });
  if (hasCovered(step)) byId('now-remark').focus({ preventScroll: true });
}

/** Uncovers what is covered, else goes to the next step. */
function forward() {
  if (waiting) {
    wanted = forward;
    return;
  }
  const step = toUncover();
  if (step) uncover(step, columns());
  else if (story && shown < story.steps.length) goTo(shown + 1);
}

/** Takes the last step off the page, or waits for the next one no longer. What was done is not done again. */
function back() {
  wanted = null;
  if (waiting && story) {
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
  [shown, covered, choices, waiting, wanted, trouble] = [0, new Set(), {}, null, null, null];
  byId('news').textContent = 'A fresh start.';
  show();
}

function uncover(step, some) {
  const lines = coverable(run.linesOf(step));
  some.forEach(column => covered.delete(coverKey(step, column)));
  show();
  const news = lines.map(line => `${line.name}. ${some.map(column => cellNews(story, line, column)).join('; ')}`).join('. ');
  byId('news').textContent = hasCovered(step) ? news : `${news}. ${remark(story, run, step).text} ${byId('score').textContent}`;
  (byId('comparison').querySelector('.cover') ?? byId('next')).focus({ preventScroll: true });
  byId(isOver() ? 'end' : 'conclusion').scrollIntoView({ block: 'nearest' });
}

function choose(line, column, answer) {
  choices[choiceKey(line, column)] = answer;
  keep();
}

/** What has been seen stays seen: the next step is the first that is covered. */
function predictFirst(on) {
  predicts = on;
  byId('predict').setAttribute('aria-pressed', on);
  if (!on) covered.clear();
}

// What is shown

function show() {
  if (story) {
    for (const step of story.steps) {
      showStep({ story, step, ...whereabouts(step), isCovered, choices, choose,
        go: each => goTo(story.steps.indexOf(each) + 1), reveal: column => uncover(step, [column]) });
    }
    markTwins();
    keep();
  }
  showMoves();
  showNow();
  showScore();
}

const keep = () => keepPlace({ stack, shown, run, covered, choices });

function whereabouts(step) {
  const place = story.steps.indexOf(step);
  const isShown = place < shown;
  return {
    lines: isShown ? run.linesOf(step) : [],
    state: waiting?.step === step ? 'running' : !isShown ? 'ahead' : place === shown - 1 ? 'now' : 'done',
  };
}

const isOver = () => story !== null && shown === story.steps.length && covered.size === 0 && !waiting;

function showMoves() {
  const next = story?.steps[shown];
  const step = toUncover();
  const [kind, what] = step ? ['Uncover', about(run.linesOf(step).find(answersTo))] : next ? [shown === 0 ? 'Begin' : 'Next', next.title] : ['Done', story ? 'That was all' : '…'];
  fill(byId('next'), [kind, what], () => [el('small', {}, kind), ' ', el('span', {}, what)]);
  byId('next').setAttribute('aria-disabled', waiting !== null || !step && !next);
  byId('back').setAttribute('aria-disabled', shown === 0 && waiting === null);
  document.body.dataset.begun = run.name !== null || waiting?.step != null;
}

function showNow() {
  const step = waiting?.step ?? shownSteps().at(-1) ?? null;
  const place = story?.steps.indexOf(step) + 1;
  fill(byId('now-title'), [step, place], () => step === null ? 'Ada logged out on a library computer. Grace sits down. What is left?'
    : [el('span', { 'class': 'place' }, `${place}/${story.steps.length}`), ` ${step.title}`]);
  byId('now-story').textContent = step?.story ?? (story ? `${story.logouts.length === 1 ? 'One way' : `${story.logouts.length} ways`} to log out, each tried for real, when you get to it.` : 'Asking the server …');
  byId('comparison').hidden = step === null;
  if (step) {
    const asked = !waiting?.step && hasCovered(step) ? run.linesOf(step).find(answersTo) : null;
    const { kind, text } = waiting?.step ? { kind: 'running', text: 'running …' } : asked ? { kind: 'predict', text: asked.key } : remark(story, run, step);
    byId(`step-${step.key}`).after(byId('conclusion'));
    byId('now-remark').dataset.kind = kind;
    fill(byId('now-remark'), text, () => asked ? askForAll(asked) : text);
  }
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

/** How many of the choices were right: in the bar, and when all is over a line for each step. */
function showScore() {
  const steps = shownSteps().map(step => [step, scoreOf(choices, run.linesOf(step), isCovered)]).filter(([, { all }]) => all > 0);
  const total = key => steps.reduce((count, [, score]) => count + score[key], 0);
  const inAll = steps.length === 0 ? '' : `foresaw ${total('right')} of ${total('all')}`;
  byId('score').textContent = inAll && `You ${inAll}.`;
  byId('end').hidden = !isOver();
  if (!isOver()) return;
  byId('end-sum').textContent = `${sum(story, run)}${inAll && ` You ${inAll}.`}`;
  fill(byId('end-steps'), [steps.map(([{ key }, score]) => [key, score])], () => steps.map(([step, { all, right, wrong }]) =>
    el('li', {}, `${step.title}: ${right} of ${all}. `, wrong.length === 0 ? null : [`What surprised you: ${about(wrong[0].line)} of `,
      wrong.map(({ column }, i) => [i === 0 ? '' : ', ', el('a', { href: story.logouts[column].chapter }, columnName(story, column))]), '.'])));
}

/** For those who listen. */
function tell(step) {
  byId('news').textContent = `${step.title}: ${hasCovered(step)
    ? `done. What do you foresee: ${run.linesOf(step).find(answersTo).name}?` : remark(story, run, step).text}`;
}

// Mouse, keys and clicker

const onPress = (id, act) => byId(id).addEventListener('click', act);

onPress('next', forward);
onPress('back', back);
onPress('afresh', () => byId('sure').showModal());
onPress('sure-keep', () => byId('sure').close());
onPress('sure-afresh', () => {
  byId('sure').close();
  startAfresh();
});
onPress('predict', () => {
  predictFirst(!predicts);
  keepWish(predicts);
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
  if (key === ' ' || key === 'Enter') return target.closest('button, a') !== null || key === ' ' && target.matches('input');
  if (key.startsWith('Arrow') && target.matches('input')) return true;
  const { scrollHeight, clientHeight } = document.documentElement;
  return (key === 'ArrowUp' || key === 'ArrowDown') && scrollHeight > clientHeight;
}

addEventListener('keydown', event => {
  const act = KEYS[event.key];
  if (!act || isTaken(event)) return;
  event.preventDefault();
  if (!event.repeat) act();
});

// The columns' heads stick right below the bar, however many lines it has.
new ResizeObserver(([{ target }]) => document.documentElement.style.setProperty('--bar', `${target.offsetHeight}px`)).observe(document.querySelector('.now'));

// The beginning

/** Opens the drawings of a logout. That of the logout itself shows what becomes of the row as well, which is asked a step later. */
function draw(column) {
  const spoils = step => [step, ...step.key === 'LOG_OUT' ? story.steps.filter(({ key }) => key === 'LOOK') : []].some(each => covered.has(coverKey(each, column)));
  openDrawing({ run, steps: shownSteps(), column, logout: story.logouts[column], spoils });
}

/** Shows what the address says, as far as this tab's run has done it. */
async function begin() {
  trouble = null;
  waiting = { step: null };
  show();
  try {
    const told = await askStory(stack);
    const known = readRun(stack);
    if (known.name !== null) await resume(told, known, readAddress().shown ?? known.shown);
    story = told;
    byId('logouts').append(...columns().map(column => columnHead(story, column, openCode, () => draw(column))));
    byId('comparison').append(...story.steps.map(stepBody));
    byId('comparison').dataset.stack = stack;
    byId('conclusion').rows[0].cells[0].colSpan = story.logouts.length + 2;
  } catch (problem) {
    trouble = problem;
  }
  waiting = null;
  show();
  goOn();
}

async function resume({ steps }, known, count) {
  try {
    run = await Run.resume(stack, known.name);
    shown = Math.min(count, steps.filter(step => run.linesOf(step).length > 0).length);
    covered = new Set(known.covered);
    choices = known.choices ?? {};
  } catch (problem) {
    if (!problem.over) throw problem;
    if (count > 0) trouble = problem;
  }
}

predictFirst(readWish());
begin();
