// The drawing of what was just done on one logout, for the room.

import { byId } from './lab-dom.js';
import { showDrawing } from './lab-drawing.js';

const dialog = byId('drawing');

/**
 * Opens the drawing of a logout's last step that sent something.
 *
 * @param steps those that are shown, in their order
 */
export async function openDrawing({ run, steps, column, name, title }) {
  byId('drawing-title').textContent = `${name}: ${title}`;
  byId('drawing-step').textContent = 'Asking the server …';
  showDrawing(byId('drawn'), []);
  dialog.showModal();
  try {
    const { step, recorded } = await lastDrawn(run, steps, column);
    byId('drawing-step').textContent = step ? step.title : 'Nothing has been done here yet. Do a step first.';
    showDrawing(byId('drawn'), recorded);
    dialog.querySelector('.drawing')?.focus();
  } catch (problem) {
    byId('drawing-step').textContent = problem.message;
  }
}

async function lastDrawn(run, steps, column) {
  for (const step of steps.toReversed()) {
    const recorded = await run.recorded(step, column);
    if (recorded.length > 0) return { step, recorded };
  }
  return { step: null, recorded: [] };
}
