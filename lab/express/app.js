// An Express app with the HTTP contract of the stages: login, note, who am I, and one logout.

import session from 'express-session';
import { COOKIE } from './logouts.js';

/** Its passwords are shown on the stages' login pages, so nothing is lost by keeping them as they are. */
export const ACCOUNTS = new Map([['ada', 'analytical-engine'], ['grace', 'nanoseconds']]);

/**
 * Makes the app.
 *
 * @param express one version of Express
 * @param passport one version of Passport; only one may be loaded in a process, for 0.4 changes Node's own requests
 * @param logout one of logouts.js
 * @param store a store of express-session
 * @param record a handler that sees each request first
 * @param options of express-session, beside those that are here
 */
export function appWith({ express, passport, logout, store, record, options }) {
  const app = express();
  app.disable('x-powered-by');
  app.use(record);
  app.use(session({ name: COOKIE, secret: 'known to everybody', resave: false, saveUninitialized: false, store, ...options }));
  app.use(passport.initialize());
  app.use(passport.session());
  app.use(askForTheBody);
  app.use(express.urlencoded({ extended: false }));
  app.use(express.json());

  app.get('/', (request, response) => response.send('Home page'));
  app.get('/api/me', (request, response) => request.user
    ? response.json({ user: request.user })
    : response.status(401).json({ error: 'Nobody is logged in.' }));
  app.get('/api/note', (request, response) => response.json({ note: request.session.note ?? null }));

  if (logout.classic) {
    app.get('/profile', (request, response) => request.user ? response.send(request.user) : response.redirect('/'));
    app.post('/login', logIn((request, response) => response.redirect('/profile')));
    app.post('/note', keepNote((request, response) => response.redirect('/profile')));
  } else {
    app.post('/api/login', logIn((request, response) => response.json({ user: request.user })));
    app.put('/api/note', keepNote((request, response) => response.json({ note: request.session.note })));
  }
  logout.route(app);

  app.use((request, response) => response.status(404).type('text').send('Not Found'));
  // Four parameters are how Express knows a handler of errors.
  app.use((error, request, response, next) => response.status(500).type('text').send('This app has a fault and could not answer.'));
  return app;
}

/**
 * Asks for the body of a request that waits to be asked (Expect: 100-continue), once the session has been read.
 * Node itself would ask before anything is read, and a save in flight would be luck.
 */
function askForTheBody(request, response, next) {
  if (request.headers.expect) response.writeContinue();
  next();
}

const logIn = reply => (request, response, next) => {
  const { username, password } = request.body ?? {};
  if (ACCOUNTS.get(username) !== password || password === undefined) return response.status(401).json({ error: 'That name and password do not match.' });
  request.logIn(username, error => error ? next(error) : reply(request, response));
};

const keepNote = reply => (request, response) => {
  if (!request.user) return response.status(401).json({ error: 'Log in first.' });
  request.session.note = request.body.note;
  reply(request, response);
};
