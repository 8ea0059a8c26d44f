// What the reader foresees, and how right that was. It stays in this tab.

/** The lines that are asked before they are shown: their possible answers in the words of the table, and what the line is about. */
const ASKED = {
  cookie: { about: 'the cookie', answers: ['same', 'replaced', 'gone'] },
  oldRow: { about: 'the old row', answers: ['stays', 'gone'] },
  replay: { about: 'the replay', answers: ['logged in', 'reads the note', 'nothing'] },
  saveInFlight: { about: 'the late save', answers: ['yes', 'no'] },
  foreignLink: { about: 'the forced logout', answers: ['yes', 'no'] },
};

export const answersTo = line => ASKED[line.key]?.answers ?? null;

/** Which lines of a step can be covered: the one that is asked, and those that come after it. */
export const coverable = lines => lines.some(answersTo) ? lines.slice(lines.findIndex(answersTo)) : [];

export const choiceKey = (line, column) => `${line.key} ${column}`;

/** Which answer a cell's text is: what it begins with, else what it ends with, as "not logged in, reads the note". */
const answerIn = (line, { text }) => answersTo(line).find(answer => text.startsWith(answer)) ?? answersTo(line).find(answer => text.endsWith(answer));

/** Whether a cell that is shown was foreseen; null where nothing was chosen, or nothing can be said. */
export function isForeseen(choices, line, column) {
  const choice = choices[choiceKey(line, column)];
  const cell = line.cells[column];
  return !choice || ['failed', 'moot'].includes(cell.mark) ? null : choice === answerIn(line, cell);
}

/** How the choices in these lines turned out: how many there are, how many were right, and in which columns the others were. */
export function scoreOf(choices, lines, isCovered = () => false) {
  const outcomes = lines.filter(answersTo).flatMap(line => line.cells.map((_, column) =>
    ({ line, column, right: isCovered(line, column) ? null : isForeseen(choices, line, column) }))).filter(({ right }) => right !== null);
  return { all: outcomes.length, right: outcomes.filter(({ right }) => right).length, wrong: outcomes.filter(({ right }) => !right) };
}

export const about = line => ASKED[line.key].about;
