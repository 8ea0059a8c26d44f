// What a word means, where it is hovered or focused: <dfn data-word="row" tabindex="0">row</dfn>. The meanings stand in one place,
// the table of words on the map of the docs; its page is asked for when the first of them is wanted.

const WORDS = 'session cookie|cookie|session store|save in flight|another site can log the user out|residue|replay|redirect|renew|destroy|clear|row';
const WORD = new RegExp(`\\b((?:${WORDS})s?)\\b`);
const INFLECTED = { 'another site can log the user out': 'another site logs the user out' };

/** A text as a list of texts and words. */
export const withWords = text => text.split(WORD).map((part, i) => {
  if (i % 2 === 0) return part;
  const word = Object.assign(document.createElement('dfn'), { textContent: part, tabIndex: 0 });
  word.dataset.word = INFLECTED[part] ?? part.replace(/s$/, '');
  return word;
});

let meanings = null;

async function ask() {
  const page = new DOMParser().parseFromString(await (await fetch('/docs/')).text(), 'text/html');
  return new Map([...page.querySelectorAll('#the-words ~ table tr')].map(({ cells: [word, meaning] }) => [word.textContent, meaning.textContent]));
}

const line = Object.assign(document.createElement('span'), { id: 'word-line', role: 'tooltip', popover: 'manual' });

async function show({ target }) {
  const word = target.closest?.('[data-word]');
  if (!word || word.contains(line)) return;
  hide();
  meanings ??= ask();
  const meaning = (await meanings.catch(() => { meanings = null; }))?.get(word.dataset.word);
  if (!meaning || !word.matches(':is(:hover, :focus)')) return;
  line.textContent = meaning;
  word.append(line);
  word.setAttribute('aria-describedby', line.id);
  line.showPopover();
  place();
}

function place() {
  if (!line.isConnected) return;
  const { left, top, bottom } = line.parentElement.getBoundingClientRect();
  line.style.left = `${Math.max(4, Math.min(left, innerWidth - line.offsetWidth - 4))}px`;
  line.style.top = `${bottom + line.offsetHeight > innerHeight ? top - line.offsetHeight : bottom}px`;
}

function hide() {
  line.parentElement?.removeAttribute('aria-describedby');
  line.remove();
}

for (const kind of ['pointerover', 'focusin']) addEventListener(kind, show);
for (const kind of ['pointerout', 'focusout']) {
  addEventListener(kind, ({ relatedTarget }) => {
    const word = line.parentElement;
    if (word && word !== document.activeElement && !word.contains(relatedTarget)) hide();
  });
}
addEventListener('keydown', ({ key }) => { if (key === 'Escape') hide(); });
addEventListener('scroll', place, true); // to be focused, a word may be scrolled into sight
