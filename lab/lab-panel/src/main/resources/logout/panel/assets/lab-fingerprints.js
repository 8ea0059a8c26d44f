// Fingerprints: a session id is shown as a short fingerprint with a colour and a shape, the same wherever it turns up.

import { byId, el } from './lab-dom.js';

const panel = byId('lab-panel');

/** The mark of each fingerprint that the panel has shown, by label. */
const markOf = new Map();

const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'plus', 'star', 'down', 'bar', 'cross', 'left', 'post', 'right'];
const HUES = 12;

/** Gives an element the colour of a fingerprint, { label, mark }: from blue to magenta, for red, green and orange say how bad something is. */
export function coloured(element, { mark }) {
  const hue = (mark % SHAPES.length * 5 + Math.floor(mark / SHAPES.length) * 3) % HUES;
  element.style.setProperty('--fingerprint', 220 + 11 * hue);
  return element;
}

/** How a fingerprint looks: the server gives out the marks, so that no two on show are the same. */
function attributes({ label, mark }) {
  markOf.set(label, mark);
  return { 'class': 'fingerprint', 'data-fingerprint': label, 'data-shape': SHAPES[mark % SHAPES.length] };
}

/** A fingerprint to look at. */
export const fingerprint = id => coloured(el('span', attributes(id), id.label), id);

/** A fingerprint that can be reached with the Tab key and pressed: its twins stay marked until it is pressed again. */
export const fingerprintButton = id => coloured(el('button', {
  ...attributes(id), type: 'button', 'aria-pressed': String(id.label === pinned), title: 'Mark this id wherever it turns up',
}, id.label), id);

/** Text in which the server has put ‹fingerprints› in place of ids, with fingerprints for them. */
export function withFingerprints(text) {
  return text.split(/‹([0-9a-f]+)›/).map((part, i) =>
    i % 2 === 0 ? part : markOf.has(part) ? fingerprint({ label: part, mark: markOf.get(part) }) : `‹${part}›`);
}

let pinned = null;

/** Marks the pinned fingerprint's twins, and those of the fingerprint that the pointer or the focus is on. */
export function markTwins(at = null) {
  for (const one of document.querySelectorAll('.fingerprint')) {
    const label = one.dataset.fingerprint;
    one.classList.toggle('twin', label === pinned || label === at);
    if (one.localName === 'button') one.setAttribute('aria-pressed', label === pinned);
  }
}

const labelAt = target => target.closest?.('.fingerprint')?.dataset.fingerprint ?? null;

for (const kind of ['pointerover', 'focusin']) panel.addEventListener(kind, ({ target }) => markTwins(labelAt(target)));
for (const kind of ['pointerleave', 'focusout']) panel.addEventListener(kind, () => markTwins());

panel.addEventListener('click', ({ target }) => {
  const label = labelAt(target);
  if (label === null || target.closest('summary')) return;
  pinned = pinned === label ? null : label;
  markTwins();
});

panel.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') {
    pinned = null;
    markTwins();
  }
});
