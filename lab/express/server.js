// Runs Express apps on free ports of the loopback address, one for each logout, until its standard input ends.
//
// The environment variable EXPRESS_APPS is a JSON object: which version of Passport and of Express, which logouts, the JDBC
// address of a database (none for express-session's own memory store), and other options of express-session (`session`). Its first line of output is a
// JSON object: the port of each app, that of a server which looks into their stores, and how to log in; or what went wrong, as a
// sentence.

import http from 'node:http';
import session from 'express-session';
import { ACCOUNTS, appWith } from './app.js';
import { recorder } from './recorder.js';
import { fallible, lookAt, storeFor } from './stores.js';
import { COOKIE, logouts, variants } from './logouts.js';

const wanted = JSON.parse(process.env.EXPRESS_APPS ?? '{}');
const { default: express } = await import(wanted.express === '4' ? 'express-4' : 'express');
const { default: passport } = await import(wanted.passport === '0.4' ? 'passport-0.4' : 'passport');
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const listen = handler => new Promise((resolve, reject) => {
  const server = http.createServer(handler);
  server.on('checkContinue', handler);
  server.on('error', reject);
  server.listen(0, '127.0.0.1', () => resolve(server.address().port));
});

process.stdin.on('end', () => process.exit());
process.stdin.resume();

/** All of the first list, unless some are named. */
const isWanted = ({ key, passport: version }) =>
  version === wanted.passport && (wanted.logouts ?? logouts.map(logout => logout.key)).includes(key);

/** Of each logout: its store, and what was recorded. */
const seen = new Map();
const apps = [];
// The routes print what they are given. Nobody reads it, and an output that is full would stop them.
console.log = () => {};
const say = told => process.stdout.write(`${JSON.stringify(told)}\n`);
try {
  for (const logout of [...logouts, ...variants].filter(isWanted)) {
    const kept = fallible(await storeFor(session, wanted.databaseAddress?.replace(/^jdbc:/, ''), `express_${logout.key.replace(/\W/g, '_')}`));
    const store = logout.cure?.(kept) ?? kept;
    const { requests, record, watch } = recorder();
    seen.set(logout.key, { store, recorded: requests });
    const { key, tag, title, effect, classic, method } = logout;
    const port = await listen(appWith({ express, passport, logout, store: watch(store), record, options: wanted.session }));
    apps.push({ key, tag, title, effect, classic, method, port });
  }
  const [[user, password]] = ACCOUNTS;
  say({ look: await listen(lookAt(seen)), cookieName: COOKIE, user, password, apps });
} catch (error) {
  say({ error: error.message || error.code });
}
