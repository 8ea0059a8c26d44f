// Chips: a session id is shown as a short fingerprint with a colour and a shape, the same wherever it turns up.

import { byId, el } from './lab-dom.js';

const panel = byId('lab-panel');

/** The colour of each fingerprint that the panel has shown, by label. */
const hues = new Map();

const SHAPES = ['circle', 'square', 'triangle', 'diamond'];

/** The looks of a chip, { label, hue }: its colour is the server's choice, its shape follows from the label. */
function looks({ label, hue }) {
  hues.set(label, hue);
  return { 'class': 'chip', 'data-chip': label, 'data-hue': hue, 'data-shape': SHAPES[parseInt(label, 16) % SHAPES.length] };
}

/** A chip to look at. */
export const chip = id => el('span', looks(id), id.label);

/** A chip that can be reached with the Tab key and pressed: its twins stay marked until it is pressed again. */
export const chipButton = id => el('button', {
  ...looks(id), type: 'button', 'aria-pressed': String(id.label === pinned), title: 'Mark this id wherever it turns up',
}, id.label);

/** Text in which the server has put ‹fingerprints› in place of ids, with chips for them. */
export function withChips(text) {
  return text.split(/‹([0-9a-f]+)›/).map((part, i) =>
    i % 2 === 0 ? part : hues.has(part) ? chip({ label: part, hue: hues.get(part) }) : `‹${part}›`);
}

let pinned = null;

/** Marks the pinned chip's twins, and those of the chip that the pointer or the focus is on. */
export function markTwins(at = null) {
  for (const one of panel.querySelectorAll('.chip')) {
    const label = one.dataset.chip;
    one.classList.toggle('twin', label === pinned || label === at);
    if (one.localName === 'button') one.setAttribute('aria-pressed', label === pinned);
  }
}

const labelAt = target => target.closest?.('.chip')?.dataset.chip ?? null;

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
