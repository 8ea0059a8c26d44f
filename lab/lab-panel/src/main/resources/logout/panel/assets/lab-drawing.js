// A drawing of what happened: three lines downwards, browser, server and session store; an arrow for each thing that was seen.
// The same stands beside it as a list of sentences, which one can step through.

import { el, fill, svg } from './lab-dom.js';
import { coloured, fingerprint } from './lab-fingerprints.js';
import { isMissing, sentence, stepsOf } from './lab-sequence.js';

/** Where the lines stand, in hundredths of the width. The requests stand side by side on the server's line. */
const BROWSER = 11;
const STORE = 94;
const serverOf = band => 43 - 3 * band;

/** Heights, in those of a letter. A request tells its cookie in a second line. */
const HEAD = 2;
const heightOf = ({ what }) => what === 'request' ? 3.2 : 2;
const TAIL = 1.4;

const ARROW = 'M0 0 10 5 0 10z';

/** Fills a place with the drawing of these requests, with the keys to step through it, and with its words, which may stand elsewhere. */
export const showDrawing = (place, recorded, words = null) => fill(place, recorded, () =>
  recorded.length === 0 ? [] : drawing(placed(stepsOf(recorded)), recorded.filter(isUnanswered), words));

const isUnanswered = ({ events }) => !events.some(({ what }) => what === 'reply');

/** The steps with the place of each, from above. */
function placed(steps) {
  let y = HEAD;
  return steps.map(step => ({ ...step, y: y += heightOf(step) }));
}

function drawing(steps, unanswered, elsewhere) {
  const figure = el('div', { 'class': 'drawing', role: 'group', 'aria-label': 'What happened, step by step', tabindex: 0 });
  const list = el('ol', {}, steps.map(item));
  const words = elsewhere ?? el('div', { 'class': 'words' });
  words.replaceChildren(list, ...unanswered.map(({ request }) => el('p', {}, `No reply to ${request} has been seen.`)));
  const said = el('p', { role: 'status' });
  const show = at => showUntil({ figure, list, said, steps }, at);
  const back = button('Back', () => show(Math.max(0, (at(figure) ?? steps.length) - 1)));
  const next = button('Next', () => show(at(figure) === null ? 0 : Math.min(steps.length - 1, at(figure) + 1)));
  const all = button('Show all', () => show(null));
  figure.append(el('div', { 'class': 'stepping' }, back, next, all, said), picture(steps), ...elsewhere ? [] : [words]);
  figure.addEventListener('keydown', event => {
    const press = { ArrowRight: next, ArrowDown: next, ArrowLeft: back, ArrowUp: back, End: all }[event.key];
    if (!press || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    press.click();
  });
  show(null);
  return figure;
}

function button(text, act) {
  const made = el('button', { type: 'button' }, text);
  made.addEventListener('click', act);
  return made;
}

const at = figure => 'at' in figure.dataset ? Number(figure.dataset.at) : null;

/** Shows the steps up to this one, and tells it; all where it is null. */
function showUntil({ figure, list, said, steps }, place) {
  if (place === null) delete figure.dataset.at;
  else figure.dataset.at = place;
  for (const part of [...figure.querySelectorAll('[data-step]'), ...list.children]) {
    part.classList.toggle('ahead', place !== null && Number(part.dataset.step) > place);
    part.classList.toggle('at', Number(part.dataset.step) === place);
  }
  [...list.children].forEach((line, i) => i === place ? line.setAttribute('aria-current', 'step') : line.removeAttribute('aria-current'));
  list.children[place]?.scrollIntoView({ block: 'nearest' });
  said.replaceChildren(...place === null ? [`${steps.length} steps`] : [`${place + 1}/${steps.length} `, el('span', { 'class': 'unseen' }, text(steps[place]))]);
}

const text = step => sentence(step).map(part => part?.label ?? part).join('');

/** Texts and elements as they are, ids as fingerprints. */
const shown = parts => parts.map(part => part.label ? fingerprint(part) : part);

const item = (step, place) => el('li', { 'data-step': place, 'data-band': step.band },
  el('span', { 'class': 'sentence' }, shown(sentence(step))), ' ', el('small', {}, inTime(step)));

/** The picture says nothing that the list does not say. */
function picture(steps) {
  const bottom = steps.at(-1).y + TAIL;
  const bands = [...new Set(steps.map(step => step.band))].map(band => steps.filter(step => step.band === band));
  return svg('svg', { 'aria-hidden': 'true', width: '100%', height: `${bottom}em` },
    svg('defs', {}, svg('marker', { id: 'arrow', viewBox: '0 0 10 10', refX: 10, refY: 5, markerWidth: 9, markerHeight: 9, orient: 'auto' }, svg('path', { d: ARROW }))),
    lifeline('Browser', BROWSER), lifeline('Server', serverOf(0)), lifeline('Session store', STORE),
    bands.map(band),
    steps.map((step, place) => svg('g', { 'data-step': place, 'data-band': step.band, 'data-what': step.what },
      atPoint(0, step.y + 0.3, svg('text', { 'class': 'time' }, inTime(step))),
      bars(step, steps, (steps[place + 1]?.y ?? bottom) - step.y), arrow(step), label(step, serverOf(bands.length - 1)))));
}

const inTime = ({ millis }) => millis < 1000 ? `${millis.toFixed(1)} ms` : `${(millis / 1000).toFixed(2)} s`;

const lifeline = (name, x) => [
  svg('line', { 'class': 'lifeline', x1: `${x}%`, x2: `${x}%`, y1: `${HEAD}em`, y2: '100%' }),
  svg('text', { x: `${x}%`, y: '1.3em' }, name),
];

/** A point from which others are counted in pixels. */
const atPoint = (x, y, ...parts) => svg('svg', { x: `${x}%`, y: `${y}em` }, ...parts);

/** A request on the server's line, from its first step to its last. */
const band = steps => atPoint(serverOf(steps[0].band), steps[0].y,
  svg('rect', { 'class': 'band', 'data-band': steps[0].band, x: -5, width: 10, height: `${steps.at(-1).y - steps[0].y}em` }));

/** The lives of the cookie and of the rows, from this step to the next one; where one ends here, a cross. */
function bars({ before, known, y }, steps, height) {
  const rows = [...steps.at(-1).known.rows.keys()];
  const lanes = [
    { x: BROWSER, was: before.cookie, is: known.cookie, full: true },
    ...rows.map((label, lane) => {
      const [was, is] = [before, known].map(({ rows: all }) => all.get(label)).map(row => row?.isGone ? null : row);
      return { x: STORE, lane, was: was?.id, is: is?.id, full: is?.content?.user != null };
    }),
  ];
  return lanes.map(({ x, lane = 0, was, is, full }) => [
    is ? atPoint(x, y, life(is, lane * 12, full, `${height}em`)) : null,
    was && was.label !== is?.label ? atPoint(x, y, coloured(svg('path', { 'class': 'end', d: `M${lane * 12 - 7} -7l14 14m0 -14l-14 14` }), was)) : null,
  ]);
}

/** Full where somebody is logged in, hollow where nobody is. */
const life = (id, x, full, height) => full
  ? coloured(svg('rect', { 'class': 'life', x: x - 4, width: 8, height }), id)
  : [x - 4, x + 4].map(side => coloured(svg('rect', { 'class': 'life', x: side - 1, width: 2, height }), id));

/** What goes from one to another; what the server does by itself has a dot. */
function arrow({ what, band: place, y }) {
  const server = serverOf(place);
  if (what === 'set' || what === 'dropped') return atPoint(server, y - 0.4, svg('circle', { 'class': 'dot', r: 4 }));
  const [from, to] = { request: [BROWSER, server], reply: [server, BROWSER] }[what] ?? [server, STORE];
  return svg('line', { 'class': 'arrow', x1: `${from}%`, x2: `${to}%`, y1: `${y}em`, y2: `${y}em`, 'marker-end': 'url(#arrow)' });
}

/** Between the lines, and beside each request's bar: leftmost is where the last one stands. */
function label(step, leftmost) {
  const [from, to] = ['request', 'reply'].includes(step.what) ? [BROWSER, leftmost] : [serverOf(0), STORE];
  const height = heightOf(step);
  return svg('foreignObject', { x: `${from + 0.5}%`, width: `${to - from - 1}%`, y: `${step.y - height + 0.3}em`, height: `${height - 0.4}em` },
    el('div', { 'class': 'label' }, words(step).map(line => el('div', {}, shown(line)))));
}

/** A step in as few words as its arrow has room for: lines of texts and ids. */
function words({ what, id, request, status, result, content, set }) {
  switch (what) {
    case 'request': return [[request], id ? [id] : ['no cookie']];
    case 'set': return [['+ Set-Cookie: ', id ?? 'deletion']];
    case 'dropped': return [[el('s', {}, id ? fingerprint(id) : 'deletion'), ' overwritten']];
    case 'reply': return [[`${status} `, ...set.length === 0 ? ['no cookie'] : set.flatMap(one => [one ?? 'deletion', ' '])]];
    default: return [[`${what} `, id, ` ${outcome({ what, result, content })}`]];
  }
}

function outcome({ what, result, content }) {
  if (result === 'failed' || isMissing({ what, result })) return result;
  return (content ? inShort(content) : '') + (result === 'not found' ? ', new' : '');
}

const inShort = ({ user, note }) => `${user ?? 'nobody'}${note ? ' + note' : ''}`;
