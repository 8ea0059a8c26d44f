// What was recorded of some requests, as steps in the order in which they happened, and a sentence for each.

/** Who sends a request, at the beginning of a sentence. */
const SENDERS = {
  'browser': 'The browser', 'comparison page': 'The visitor', 'replay': 'The thief', 'slow save': 'The slow save',
  'link on another site': 'Another site',
};

/** What is done to a row, as the rest of a sentence goes on after it. */
const VERBS = { read: 'reads', insert: 'inserts', update: 'writes', save: 'saves', 'delete': 'deletes' };

const isStatement = ({ what }) => what in VERBS;

/** Whether a statement finds no row. A save makes it, where there is none. */
export const isMissing = ({ what, result }) => result === 'not found' && what !== 'save';

/**
 * The steps of the recorded requests. Each has its request and `band`, the request's place among them; `millis` since the
 * first one; and what is known after it: the session cookie of whoever sent the first request, and the rows by their labels.
 */
export function stepsOf(recorded) {
  const steps = recorded.flatMap((request, band) => request.events.map(event => ({ ...event, band, by: request.by, request: request.request })))
    .sort((one, other) => one.order - other.order);
  let known = { cookie: null, rows: new Map() };
  const standing = recorded.map(() => []);
  return steps.map(step => {
    const before = known;
    const set = standing[step.band] = standingAfter(step, standing[step.band]);
    known = { cookie: cookieAfter(step, known.cookie, set), rows: rowsAfter(step, known.rows) };
    return { ...step, millis: (step.micros - steps[0].micros) / 1000, set, before, known };
  });
}

/** What each Set-Cookie of the reply that is being made does: an id, or null for a deletion. */
function standingAfter({ what, id }, set) {
  if (what === 'set') return [...set, id];
  if (what === 'dropped') return set.filter(one => one?.label !== id?.label);
  return set;
}

/** The cookie of the browser that sent the first request. The replies to the others go elsewhere. */
function cookieAfter(step, cookie, set) {
  if (step.band !== 0) return cookie;
  if (step.what === 'request') return step.id ?? cookie;
  if (step.what === 'reply' && set.length > 0) return set.at(-1);
  return cookie;
}

function rowsAfter(step, rows) {
  if (!isStatement(step) || step.result === 'failed') return rows;
  const after = new Map(rows);
  const was = rows.get(step.id.label);
  const isGone = step.what === 'delete' || isMissing(step);
  const content = isGone ? null : step.content ?? was?.content ?? null;
  after.set(step.id.label, { id: step.id, isGone, content, hadUser: content?.user ?? was?.hadUser });
  return after;
}

/** What a row holds, in words. */
const inWords = content => `${content.user ?? 'nobody'}, ${content.note ? 'with a note' : 'no note'}`;

/** A step as a sentence: texts, and ids to show as fingerprints. */
export function sentence(step) {
  const { what, id, set, band, request, status } = step;
  const server = band === 0 ? 'The server' : `For ${request}, the server`;
  switch (what) {
    case 'request': return [`${SENDERS[step.by] ?? step.by} sends ${request} `, ...id ? ['with the cookie ', id] : ['without a session cookie'], '.'];
    case 'set': return [`${server} puts `, ...id ? ['the cookie ', id] : ['the deletion of the cookie'], ' into its reply.'];
    case 'dropped': return [...id ? ['The cookie ', id] : ['The deletion'], ' is overwritten: ', ...set.at(-1) ? [set.at(-1), ' stands in its place.'] : ['it stands in the reply no longer.']];
    case 'reply': return [`${server} answers ${status}`, ...replySets(set), '.'];
    default: return [`${server} ${VERBS[what]} the row `, id, ...outcome(step)];
  }
}

/** What came of a statement, as the rest of a sentence. */
function outcome({ what, id, result, content, before }) {
  if (result === 'failed') return [', and the store fails.'];
  if (isMissing({ what, result })) return [' and finds none', what === 'update' ? ': nothing is saved.' : '.'];
  if (content === null) return [what === 'update' ? ': only the time of its last use.' : '.'];
  return [`: ${inWords(content)}.`, result === 'not found' ? ' There was no such row.' : '', isAgain(what, content, before.rows.get(id.label)) ? ` ${content.user} is back in the store.` : ''];
}

/** Whether a statement brings back a user whom another one had taken away, be it with the whole row. */
const isAgain = (what, content, was) => what !== 'read' && content.user !== null && was?.hadUser === content.user && was.content?.user !== content.user;

function replySets(set) {
  if (set.length === 0) return [' and sets no session cookie'];
  return [' and ', ...set.flatMap((id, i) => [i === 0 ? '' : ', then ', ...id ? ['sets the cookie ', id] : ['deletes the cookie']])];
}
