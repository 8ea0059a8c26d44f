// The drawing of what was done on one logout, for the room: of the logout itself first, the other requests are tabs beside it.

import { byId, el } from './lab-dom.js';
import { showDrawing } from './lab-drawing.js';

const TABS = { LOG_IN: 'Login', KEEP_NOTE: 'Note', LOG_OUT: 'Logout', REPLAY: 'Replay', SLOW_SAVE: 'Late save', FOREIGN_LINK: 'Forged logout' };
const COVERED = 'This drawing would show an answer that is still covered. Uncover it first.';

const dialog = byId('drawing');

/** The step whose drawing was asked for last. */
let wanted = null;

/**
 * Opens the drawings of a logout.
 *
 * @param steps those that are shown, in their order
 * @param spoils whether the drawing of a step would show what is still covered
 */
export function openDrawing({ run, steps, column, logout, spoils }) {
  const drawn = steps.filter(({ key }) => key in TABS);
  const open = step => draw(step, () => spoils(step) ? Promise.reject(new Error(COVERED)) : run.recorded(step, column));
  byId('drawing-title').textContent = `${logout.name}: ${logout.logout}`;
  byId('drawing-tabs').replaceChildren(...drawn.map(step => {
    const tab = el('button', { type: 'button', role: 'tab', id: `tab-${step.key}`, 'aria-controls': 'drawing-step' }, TABS[step.key]);
    tab.addEventListener('click', () => open(step));
    return tab;
  }));
  dialog.showModal();
  open(drawn.find(({ key }) => key === 'LOG_OUT') ?? drawn.at(-1));
}

async function draw(step, recorded) {
  wanted = step;
  for (const tab of byId('drawing-tabs').children) tab.setAttribute('aria-selected', tab.id === `tab-${step.key}`);
  byId('drawing-said').textContent = 'Asking the server …';
  showDrawing(byId('drawn'), []);
  const [requests, said] = await recorded().then(found => [found, found.length === 0 ? 'Nothing was recorded here.' : step.title], problem => [[], problem.message]);
  if (wanted !== step) return;
  byId('drawing-said').textContent = said;
  showDrawing(byId('drawn'), requests);
  dialog.querySelector('.drawing')?.focus();
}
