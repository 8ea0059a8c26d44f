// What the page shows: one view at a time, and one line of status above it.

export const byId = id => document.getElementById(id);

const view = byId('view');
const status = byId('status');

/** The name of the view on show: asking, login, logged-in or trouble. */
export const current = () => view.dataset.view;

/** Shows a fresh copy of a view. The old one goes, with whatever was in its fields, and so does the status. */
export function show(name) {
  const before = current();
  const focused = document.activeElement;
  const isElsewhere = focused !== document.body && !view.contains(focused);
  view.replaceChildren(byId(`${name}-view`).content.cloneNode(true));
  view.dataset.view = name;
  say('');
  // The control that had the focus may be gone. After "asking" nobody was at a control, and who is at one beside the view
  // stays there: take no focus then.
  if (before !== 'asking' && !isElsewhere) view.querySelector('[data-focus]')?.focus();
}

/** Says something, to the eye and (as a live region) to the ear. kind: done, problem or waiting. */
export function say(text, kind = 'done') {
  status.dataset.kind = kind;
  status.textContent = text;
}

/** A wait that is longer than this many milliseconds is said. */
const LONG = 1000;
const WAITING = 'Waiting for the server …';

let worksUnderWay = 0;

export const isBusy = () => worksUnderWay > 0;

/** Disables buttons while some work is under way, so that a second click does nothing. */
export async function disabling(buttons, work) {
  const mine = [...buttons].filter(button => !button.disabled);
  const focused = mine.find(button => button === document.activeElement);
  mine.forEach(button => { button.disabled = true; });
  const words = setTimeout(say, LONG, WAITING, 'waiting');
  worksUnderWay++;
  try {
    await work();
  } finally {
    worksUnderWay--;
    clearTimeout(words);
    if (status.textContent === WAITING) say('');
    mine.forEach(button => { button.disabled = false; });
    // Browsers take the focus away from a disabled button.
    if (focused?.isConnected && document.activeElement === document.body) focused.focus();
  }
}

export const allButtons = () => view.querySelectorAll('button');
