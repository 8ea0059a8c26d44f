// What the comparison comes to, in words: made of what was observed, never of what is expected.

/** Whether a reply was to delete the cookie, and does not. */
export const isOverwritten = cell => cell.text.includes('overwritten');

const isLeft = ({ mark }) => mark === 'danger' || mark === 'untidy';

/** A column by its name, and by its method where several have that name. */
export function columnName({ logouts }, column) {
  const { name, logout } = logouts[column];
  const isOnly = logouts.filter(other => other.name === name).length === 1;
  return isOnly ? name : `${name} (${logout.split(' ')[0]})`;
}

/** What is read out of one cell. */
export const cellNews = (story, line, column) => {
  const { text, mark } = line.cells[column];
  return `${columnName(story, column)}: ${{ danger: 'dangerous: ', untidy: 'untidy: ' }[mark] ?? ''}${text}`;
};

/** The remark on a step that has been done: { kind, text }, of the worst kind of its cells. */
export function remark(story, run, step) {
  const lines = run.linesOf(step);
  const sentences = REMARKS[step.key]?.(finder(story, lines)) ?? [];
  const failures = story.logouts.flatMap((_, column) =>
    lines.filter(line => line.cells[column].mark === 'failed').slice(0, 1).map(line => cellNews(story, line, column)));
  const marks = new Set(lines.flatMap(line => line.cells.map(({ mark }) => mark)));
  return { kind: ['danger', 'untidy', 'failed', 'clean'].find(mark => marks.has(mark)) ?? 'plain', text: [...sentences, ...failures].join(' ') };
}

/** Finds the cells of a line that have something in common, each with the name of its column. */
function finder(story, lines) {
  const those = (key, is) => (lines.find(line => line.key === key)?.cells ?? [])
    .flatMap((cell, column) => cell.mark !== 'failed' && is(cell) ? [{ name: columnName(story, column), text: cell.text }] : []);
  return {
    all: story.logouts.length,
    those,
    left: key => those(key, isLeft),
    found: key => those(key, cell => cell.text !== 'none' && cell.text !== null).length,
  };
}

const names = cells => cells.map(({ name }) => name).join(', ');

/** What was seen, each once, behind the names of the columns where it was. */
function quotes(cells) {
  const namesOf = new Map();
  for (const { name, text } of cells) namesOf.set(text, [...(namesOf.get(text) ?? []), name]);
  return [...namesOf].map(([text, those]) => `${those.join(', ')}: ${text}`).join('; ');
}

const REMARKS = {
  LOG_IN: ({ all, found }) => [`${found('user')} of ${all} are logged in, each with a row of their own.`],
  KEEP_NOTE: ({ all, found }) => [`${found('note')} of ${all} rows hold a note now.`],
  LOG_OUT: ({ all, left, those }) => [
    left('cookie').length === 0 ? 'No browser holds a session cookie any more.'
      : `${left('cookie').length} of ${all} browsers still hold a session cookie.`,
    ...those('setCookie', isOverwritten).map(({ name }) => `${name} cleared it, and overwrote the deletion with a new id.`),
  ],
  LOOK: ({ all, left }) => [
    left('oldRow').length === 0 ? 'Every old row is gone.' : `Old row: ${quotes(left('oldRow'))}.`,
    left('newRow').length === 0 ? 'No logout began a new row.' : `${left('newRow').length} of ${all} logouts began a new row.`,
  ],
  REPLAY: ({ left }) => [left('replay').length === 0 ? 'The thief finds nothing anywhere.'
    : `The thief finds something. ${quotes(left('replay'))}.`],
  SLOW_SAVE: ({ left }) => [left('saveInFlight').length === 0 ? 'The slow save brings nobody back.'
    : `${names(left('saveInFlight'))}: the slow save brings the user back, after the logout.`],
  FOREIGN_LINK: ({ left }) => [left('foreignLink').length === 0 ? 'No other site logs anybody out.'
    : `Another site logs the user out. ${quotes(left('foreignLink'))}.`],
};

/** What all steps together have shown of the logouts. */
export function sum(story, run) {
  const lines = story.steps.flatMap(step => run.linesOf(step));
  const worst = column => ['danger', 'untidy', 'failed', 'moot'].find(mark => lines.some(({ cells }) => cells[column].mark === mark)) ?? 'clean';
  const those = mark => story.logouts.flatMap((_, column) => worst(column) === mark ? [columnName(story, column)] : []).join(', ');
  return [['danger', 'What somebody else can use'], ['untidy', 'Something untidy, and nothing worse,'], ['clean', 'Nothing at all']]
    .flatMap(([mark, what]) => those(mark) ? [`${what} is left by ${those(mark)}.`] : []).join(' ');
}
