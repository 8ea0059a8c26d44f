// Small tools to build parts of the lab panel, and to change no more of it than has changed.
// Data only ever becomes text, never HTML.

export const byId = id => document.getElementById(id);

const maker = namespace => (name, attributes = {}, ...children) => {
  const node = document.createElementNS(namespace, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) node.setAttribute(attribute, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== null));
  return node;
};

/** Makes an element. attributes: null and false are left out, true is set empty; children: nodes and texts, in lists or not; null is left out. */
export const el = maker('http://www.w3.org/1999/xhtml');

/** Makes a part of a picture in the same way. */
export const svg = maker('http://www.w3.org/2000/svg');

const filledWith = new WeakMap();

/**
 * Fills a node with what build makes of the data, unless the data are those it shows already:
 * so a selection, the focus and an opened part survive each look at the server.
 */
export function fill(node, data, build) {
  const told = JSON.stringify(data);
  if (filledWith.get(node) === told) return;
  filledWith.set(node, told);
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  node.replaceChildren(...[build(data)].flat(Infinity).filter(child => child !== null));
  const same = `button[data-fingerprint="${focused?.dataset.fingerprint}"]`;
  if (focused) (node.querySelector(same) ?? node.querySelector('button, a'))?.focus();
}

/** Keeps one child of a list for each item, in their order; whatever is new comes in, whatever is over goes. */
export function keep(list, items, keyOf, make, update) {
  const keys = new Set(items.map(item => String(keyOf(item))));
  const kept = new Map();
  for (const child of [...list.children]) {
    if (keys.has(child.dataset.key)) kept.set(child.dataset.key, child);
    else child.remove();
  }
  items.forEach((item, place) => {
    const key = String(keyOf(item));
    let child = kept.get(key);
    if (!child) {
      child = make(item);
      child.dataset.key = key;
      if (list.dataset.filled) child.classList.add('fresh');
    }
    update(child, item);
    if (list.children[place] !== child) list.insertBefore(child, list.children[place] ?? null);
  });
  list.dataset.filled = 'yes';
}

/** What is kept under a name in localStorage or sessionStorage. A browser that keeps nothing for this site throws; then the page remembers. */
export const keeper = (storage, name, fresh) => ({
  read() { try { return JSON.parse(window[storage].getItem(name)) ?? fresh; } catch { return fresh; } },
  write(value) {
    fresh = value;
    try { window[storage].setItem(name, JSON.stringify(value)); } catch { /* see above */ }
  },
});

/** Which folded parts this tab has opened or closed: at a plain site each step loads the page anew. */
const folds = keeper('sessionStorage', 'folds', {});

for (const [id, open] of Object.entries(folds.read())) byId(id)?.toggleAttribute('open', open);
for (const one of document.querySelectorAll('.fold')) one.addEventListener('toggle', () => folds.write({ ...folds.read(), [one.id]: one.open }));

/** Opens a folded part, unless somebody has closed it. */
export function unfold(id) {
  byId(id).open = folds.read()[id] ?? true;
}

/** Method and path of an exchange. */
export const requestLine = ({ method, path }) => el('code', {}, `${method} ${path}`);

/** A moment of today as a time of day, an earlier one with its date; exact when hovered. */
export function time(iso) {
  const then = new Date(iso);
  const today = then.toDateString() === new Date().toDateString();
  const text = today ? then.toLocaleTimeString('en-GB')
    : then.toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return el('time', { datetime: iso, title: iso }, text);
}
