// The parts of the comparison's table. What a press on them does is given to them.

import { byId, el, fill } from './lab-dom.js';
import { fingerprint } from './lab-fingerprints.js';
import { columnName, isJudged, isOverwritten } from './comparison-words.js';

const SIGNS = { left: ['!', 'left behind'], clean: ['✓', 'clean'], failed: ['×', 'failed'] };

function button(attributes, act, ...children) {
  const made = el('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', act);
  return made;
}

const unseen = text => el('span', { 'class': 'unseen' }, text);

/** Introduces a logout. Its short name is what is read out before each cell of the column. */
export function columnHead(story, column, openCode, openDrawing) {
  const logout = story.logouts[column];
  return el('th', { scope: 'col', 'data-stage': logout.name.split(' ').at(-1), 'aria-label': columnName(story, column) },
    el('div', { 'class': 'logout' },
      el('div', { 'class': 'links' },
        el('a', { href: logout.address, target: '_blank', rel: 'noopener' },
          logout.name, el('span', { 'aria-hidden': 'true' }, ' ↗'), unseen(' in a new tab')),
        button({ 'class': 'open-code', 'aria-haspopup': 'dialog' }, () => openCode(logout),
          'Code', unseen(` of ${logout.logout} in ${logout.name}`))),
      el('strong', {}, logout.title),
      logout.code.edit ? el('em', { 'class': 'tag edited' }, 'edited') : null,
      button({ 'class': 'open-drawing', 'aria-haspopup': 'dialog', title: 'How it happened' }, openDrawing,
        el('code', {}, logout.logout), unseen(` in ${logout.name}: how it happened`)),
      el('small', {}, logout.does)));
}

/** The place of a step in the table. */
export const stepBody = step => el('tbody', { id: `step-${step.key}` });

/** Fills in the rows of a step: a single empty one until it is shown, then one for each line of what was seen. */
export function showStep({ story, step, lines, state, isCovered, go, reveal }) {
  const body = byId(`step-${step.key}`);
  const head = rows => stepHead(step, story.steps.indexOf(step) + 1, rows, go);
  fill(body, lines.map(({ key, name }) => [key, name]), () => lines.length === 0
    ? el('tr', {}, head(1), el('td'), story.logouts.map(() => el('td')))
    : lines.map((line, row) => el('tr', { 'data-line': line.key },
      row === 0 ? head(lines.length) : null,
      el('th', { scope: 'row' }, line.name),
      line.cells.map((_, column) => el('td', { 'data-column': column, 'data-logout': columnName(story, column) })))));
  body.dataset.state = state;
  const button = body.querySelector('.step');
  if (state === 'now') button.setAttribute('aria-current', 'step');
  else button.removeAttribute('aria-current');
  lines.forEach((line, row) => line.cells.forEach((cell, column) => {
    const td = body.rows[row].querySelector(`[data-column="${column}"]`);
    if (isCovered(line, column)) showCover(td, `Reveal ${line.name}, ${columnName(story, column)}`, () => reveal(line, column));
    else showCell(td, line, cell);
  }));
}

const stepHead = (step, number, rows, go) =>
  el('th', { scope: 'rowgroup', rowspan: rows === 1 ? null : rows },
    button({ 'class': 'step', 'data-step': step.key }, () => go(step),
      el('span', { 'class': 'number' }, String(number)), ' ', el('span', { 'class': 'title' }, step.title)));

/** What is covered is not in the page at all: nobody can find it, hear it or select it. */
function showCover(td, label, act) {
  td.dataset.kind = 'covered';
  td.removeAttribute('data-overwritten');
  fill(td, label, () => button({ 'class': 'cover', 'aria-label': label }, act, '?'));
}

function showCell(td, line, cell) {
  const kind = cell.failed ? 'failed' : cell.leftBehind ? 'left' : isJudged(line) && !cell.noMeaning ? 'clean' : 'plain';
  td.dataset.kind = kind;
  td.toggleAttribute('data-overwritten', isOverwritten(cell));
  fill(td, [kind, cell], () => el('div', { 'class': 'cell' },
    kind in SIGNS ? el('span', { 'class': 'sign', role: 'img', 'aria-label': SIGNS[kind][1] }, SIGNS[kind][0]) : null,
    el('span', { 'class': 'what' },
      el('span', { 'class': 'words', title: cell.text }, cell.failed ? cell.text : inBrackets(inShort(cell.text))),
      cell.fingerprint ? [' ', fingerprint(cell.fingerprint)] : null)));
}

/** What comes after a colon is in the remark: it would not fit into a cell. */
const inShort = text => text?.match(/^(?:yes|no meaning)[^:]*/)?.[0] ?? text;

/** What the words add in brackets is what matters most in them. */
const inBrackets = text => text.split(/(\(.*\))/).map(part => part.startsWith('(') ? el('strong', {}, part) : part);
