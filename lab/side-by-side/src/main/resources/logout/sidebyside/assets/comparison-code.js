// The code of a logout's route, with what is new or gone since the stage before.

import { byId, el } from './lab-dom.js';

const ELEMENTS = { new: 'ins', gone: 'del', same: 'span' };

const dialog = byId('code');

/** The route as it runs, to be copied: without what is gone. */
let route = '';

export function openCode({ name, title, code }) {
  const since = code.comparedWith === null ? []
    : [` Since ${code.comparedWith}: `, el('ins', {}, '+ new'), ' ', el('del', {}, '− gone')];
  byId('code-title').textContent = `${name}: ${title}`;
  byId('code-source').replaceChildren(el('code', {}, code.file), ...since);
  byId('code-lines').replaceChildren(...code.lines.map(({ text, change }) =>
    el(ELEMENTS[change], { 'class': 'line', 'data-change': change }, `${text}\n`)));
  route = code.lines.filter(({ change }) => change !== 'gone').map(({ text }) => `${text}\n`).join('');
  byId('code-copied').textContent = '';
  dialog.showModal();
}

byId('code-copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(route);
    byId('code-copied').textContent = 'Copied.';
  } catch {
    getSelection().selectAllChildren(byId('code-lines'));
    byId('code-copied').textContent = 'The browser does not allow that. The code is selected: press Ctrl+C.';
  }
});
