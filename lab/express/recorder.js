// Records what an app does with its last requests: what its session store was asked, what stood in the reply, and when.
// The lab panel's drawing is made of it. Ids leave it as they are; whoever shows them makes fingerprints of them.

import { AsyncLocalStorage } from 'node:async_hooks';
import { COOKIE } from './logouts.js';

const CAPACITY = 50;

/** What a store's operations are called in the drawing. A save inserts the row where there is none. */
const OPERATIONS = { get: 'read', set: 'save', destroy: 'delete', touch: 'update' };

const current = new AsyncLocalStorage();

/** The id in a session cookie: s:<id>.<signature>, encoded. */
export function idIn(cookie) {
  const value = decodeURIComponent(cookie);
  return value.slice(value.indexOf(':') + 1, value.lastIndexOf('.'));
}

/** Makes a recorder: `requests`, what it has recorded; `record`, a handler of Express; `watch`, which makes a store that is watched. */
export function recorder() {
  const requests = [];
  let number = 0;
  let order = 0;

  const event = (what, { id = null, result = null, content = null, status = 0 } = {}) =>
    ({ order: ++order, micros: Math.round(performance.now() * 1000), what, id, result, content, status });

  function record(request, response, next) {
    const recorded = {
      number: ++number, agent: request.headers['user-agent'] ?? '', request: `${request.method} ${request.path}`, events: [],
    };
    let standing = [];
    recorded.look = () => {
      const now = setBy(response);
      for (const id of now.filter(one => !standing.includes(one))) recorded.events.push(event('set', { id }));
      for (const id of standing.filter(one => !now.includes(one))) recorded.events.push(event('dropped', { id }));
      standing = now;
    };
    requests.push(recorded);
    if (requests.length > CAPACITY) requests.shift();
    recorded.events.push(event('request', { id: sentBy(request) }));
    const { writeHead } = response;
    response.writeHead = function (...given) {
      recorded.look();
      recorded.events.push(event('reply', { status: given[0] ?? response.statusCode }));
      return writeHead.apply(this, given);
    };
    current.run(recorded, next);
  }

  /** The same store, but that what it is asked during a request is recorded, with what came of it as far as it tells. */
  function watch(store) {
    const watched = Object.create(store);
    for (const [operation, what] of Object.entries(OPERATIONS)) {
      watched[operation] = (id, ...given) => {
        const recorded = current.getStore();
        const done = typeof given.at(-1) === 'function' ? given.pop() : () => {};
        const [saved] = given;
        const wasThere = store.sessions && id in store.sessions;
        store[operation](id, ...given, (error, session) => {
          recorded?.look();
          recorded?.events.push(event(what, { id, result: resultOf(error, what === 'read' ? session != null : wasThere), content: contentOf(what, saved ?? session) }));
          done(error, session);
        });
      };
    }
    return watched;
  }

  return { requests, record, watch };
}

/** A database does not tell whether the row was there; the memory store can be looked at. */
const resultOf = (error, isFound) => error ? 'failed' : isFound === undefined ? null : isFound ? 'found' : 'not found';

const contentOf = (what, session) => (what === 'read' || what === 'save') && session
  ? { user: session.passport?.user ?? null, note: session.note !== undefined } : null;

const sentBy = ({ headers }) => (headers.cookie ?? '').split('; ').filter(pair => pair.startsWith(`${COOKIE}=`))
  .map(pair => idIn(pair.slice(COOKIE.length + 1)))[0] ?? null;

/** The ids that the reply sets, as it stands; null for a deletion. */
const setBy = response => [response.getHeader('Set-Cookie') ?? []].flat().filter(header => header.startsWith(`${COOKIE}=`))
  .map(header => header.slice(COOKIE.length + 1).split(';')[0]).map(value => value === '' ? null : idIn(value));
