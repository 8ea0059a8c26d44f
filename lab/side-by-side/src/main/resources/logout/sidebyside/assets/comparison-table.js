// The parts of the comparison's table. What a press on them does is given to them.

import { byId, el, fill } from './lab-dom.js';
import { fingerprint } from './lab-fingerprints.js';
import { withWords } from './words.js';
import { answersTo, choiceKey, isForeseen } from './comparison-choices.js';
import { columnName, isOverwritten } from './comparison-words.js';

const SIGNS = { danger: ['!', 'dangerous'], untidy: ['~', 'untidy'], clean: ['✓', 'clean'], failed: ['×', 'failed'] };

function button(attributes, act, ...children) {
  const made = el('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', act);
  return made;
}

const unseen = text => el('span', { 'class': 'unseen' }, text);

/** Introduces a logout. Its short name is what is read out before each cell of the column. */
export function columnHead(story, column, openCode, openDrawing) {
  const logout = story.logouts[column];
  const opens = (what, act) => button({ 'class': `open-${what.toLowerCase()}`, 'aria-haspopup': 'dialog' }, act,
    what, unseen(` of ${logout.logout} in ${logout.name}`));
  return el('th', { scope: 'col', 'data-stage': logout.name.split(' ').at(-1), 'aria-label': columnName(story, column) },
    el('div', { 'class': 'logout' },
      el('div', { 'class': 'links' },
        el('a', { href: logout.address, target: '_blank', rel: 'noopener' },
          logout.name, el('span', { 'aria-hidden': 'true' }, ' ↗'), unseen(' in a new tab')),
        opens('Code', () => openCode(logout)), opens('Drawing', openDrawing)),
      el('strong', {}, logout.title),
      logout.code.edit ? el('em', { 'class': 'tag edited' }, 'edited') : null,
      el('code', {}, logout.logout),
      el('small', {}, withWords(logout.does))));
}

/** The place of a step in the table. */
export const stepBody = step => el('tbody', { id: `step-${step.key}` });

/** Fills in the rows of a step, once it is shown or waited for: a single empty one until then, then one for each line of what was seen. */
export function showStep({ story, step, lines, state, isCovered, choices, go, choose, reveal }) {
  const body = byId(`step-${step.key}`);
  body.hidden = state === 'ahead';
  const head = rows => stepHead(step, story.steps.indexOf(step) + 1, rows, go);
  fill(body, lines.map(({ key, name }) => [key, name]), () => lines.length === 0
    ? el('tr', {}, head(1), el('td'), story.logouts.map(() => el('td')))
    : lines.map((line, row) => el('tr', { 'data-line': line.key },
      row === 0 ? head(lines.length) : null,
      el('th', { scope: 'row' }, withWords(line.name)),
      line.cells.map((_, column) => el('td', { 'data-column': column, 'data-logout': columnName(story, column) })))));
  body.dataset.state = state;
  const current = body.querySelector('.step');
  if (state === 'now') current.setAttribute('aria-current', 'step');
  else current.removeAttribute('aria-current');
  lines.forEach((line, row) => line.cells.forEach((cell, column) => {
    const td = body.rows[row].querySelector(`[data-column="${column}"]`);
    if (isCovered(line, column)) showCover(td, { line, column, name: columnName(story, column), choices, choose, reveal });
    else showCell(td, cell, choices[choiceKey(line, column)], isForeseen(choices, line, column));
  }));
}

/** Asks for a whole line: a press on an answer chooses it in each of its cells. */
export const askForAll = line => [`What do you foresee: ${line.name}? For all: `, answersTo(line).map(answer => button({ 'aria-label': `${answer} for all` },
  () => document.querySelectorAll(`[data-line="${line.key}"] input[value="${answer}"]`).forEach(input => input.click()), answer)), ' or each by itself.'];

const stepHead = (step, number, rows, go) =>
  el('th', { scope: 'rowgroup', rowspan: rows === 1 ? null : rows },
    button({ 'class': 'step', 'data-step': step.key }, () => go(step),
      el('span', { 'class': 'number' }, String(number)), ' ', el('span', { 'class': 'title' }, step.title)));

/** What is covered is not in the page at all: nobody can find it, hear it or select it. */
function showCover(td, { line, column, name, choices, choose, reveal }) {
  td.dataset.kind = 'covered';
  td.removeAttribute('data-overwritten');
  fill(td, name, () => !answersTo(line) ? el('span', { 'class': 'later' }, '?') : el('fieldset', {},
    el('legend', { 'class': 'unseen' }, `${line.name}, ${name}`),
    answersTo(line).map(answer => {
      const input = el('input', { type: 'radio', name: choiceKey(line, column), value: answer, checked: choices[choiceKey(line, column)] === answer });
      input.addEventListener('change', () => choose(line, column, answer));
      return el('label', {}, input, answer);
    }),
    button({ 'class': 'cover', 'aria-label': `Uncover ${line.name}, ${name}`, title: 'Uncover this one' }, () => reveal(column), '?')));
}

function showCell(td, cell, choice, foreseen) {
  td.dataset.kind = cell.mark;
  td.toggleAttribute('data-overwritten', isOverwritten(cell));
  fill(td, [cell, foreseen], () => el('div', { 'class': 'cell' },
    cell.mark in SIGNS ? el('span', { 'class': 'sign', role: 'img', 'aria-label': SIGNS[cell.mark][1] }, SIGNS[cell.mark][0]) : null,
    el('span', { 'class': 'what' },
      el('span', { 'class': 'words', title: cell.text }, cell.mark === 'failed' ? cell.text : inBrackets(inShort(cell.text))),
      cell.fingerprint ? [' ', fingerprint(cell.fingerprint)] : null,
      foreseen === null ? null : [' ', el('small', { 'class': 'foreseen', 'data-right': String(foreseen) },
        el('span', { 'class': 'unseen' }, foreseen ? 'as foreseen' : 'foreseen otherwise: '), foreseen ? '=' : `≠ ${choice}`)])));
}

/** What comes after a colon is in the remark: it would not fit into a cell. */
const inShort = text => text?.match(/^(?:yes|no meaning)[^:]*/)?.[0] ?? text;

/** What the words add in brackets is what matters most in them. */
const inBrackets = text => text.split(/(\(.*\))/).map(part => part.startsWith('(') ? el('strong', {}, part) : part);
