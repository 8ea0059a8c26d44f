// The stores of the sessions, and a way to look into them from outside that is not a visit.

import connectPgSimple from 'connect-pg-simple';
import pg from 'pg';
import { idIn } from './recorder.js';

/** Milliseconds after which a database that does not answer counts as away. */
const TIMEOUT = 2_000;

/** A store of express-session: in memory, or in a schema of its own of a PostgreSQL database. */
export async function storeFor(session, database, schema) {
  if (!database) return new session.MemoryStore();
  const pool = new pg.Pool({ connectionString: database, connectionTimeoutMillis: TIMEOUT, query_timeout: TIMEOUT });
  // Whoever asks next is told; without a listener the process would end.
  pool.on('error', () => {});
  await pool.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  const PgStore = connectPgSimple(session);
  const store = new PgStore({ pool, schemaName: schema, createTableIfMissing: true, pruneSessionInterval: false, errorLog: () => {} });
  await new Promise((resolve, reject) => store.get('nobody', error => error ? reject(error) : resolve()));
  return store;
}

/** The ways in which an operation fails. A store of express-session should call back; some code throws, or rejects a promise. */
const FAILURES = {
  calls: (error, done) => done(error),
  throws: error => { throw error; },
  rejects: error => Promise.reject(error),
};

/** Makes a store whose operations can be made to fail: those that stand in `failing`, each with its way. */
export function fallible(store) {
  store.failing = new Map();
  for (const operation of ['get', 'set', 'destroy', 'touch']) {
    const sound = store[operation];
    store[operation] = (...given) => store.failing.has(operation)
      ? FAILURES[store.failing.get(operation) ?? 'calls'](new Error(`${operation} fails`), given.at(-1))
      : sound.apply(store, given);
  }
  return store;
}

/**
 * Answers what stands in the stores, and what was recorded.
 *
 * GET /<logout>?agent=… gives the recorded requests of this User-Agent, oldest first;
 * GET /<logout>?cookie=… what the store holds of the session of a cookie; DELETE ends that session.
 * PUT /<logout>?fail=set,destroy makes these operations of the store fail from now on, and no others; destroy:throws says how.
 */
export const lookAt = apps => (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const { store, recorded } = apps.get(pathname.slice(1)) ?? {};
  const answer = (status, body) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  if (!store) return answer(404, {});
  if (request.method === 'PUT') {
    store.failing = new Map(searchParams.get('fail').split(',').map(failure => failure.split(':')));
    return answer(200, {});
  }
  if (searchParams.has('agent')) return answer(200, recorded.filter(({ agent }) => agent === searchParams.get('agent')));
  const id = idIn(searchParams.get('cookie'));
  if (request.method === 'DELETE') return store.destroy(id, error => answer(error ? 503 : 200, {}));
  store.get(id, (error, session) => error
    ? answer(503, {})
    : answer(200, { session: session ? { user: session.passport?.user ?? null, note: session.note ?? null } : null }));
};
