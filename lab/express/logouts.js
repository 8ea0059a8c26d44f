// The logouts of the two texts, and the one to take home: the same calls in the same order as there.
//
// Each is a route on an app that keeps its sessions with express-session and its users with Passport. `passport` says which
// version of Passport the app runs on; `classic` apps are sites of pages and forms, the others single pages with an API.

import { refuseDestroyed } from './cure.js';

export const COOKIE = 'connect.sid';

// tag::freecodecamp[]
const freeCodeCamp = app => {
  app.route('/logout').get((request, response) => {
    request.logout();
    response.redirect('/');
  });
};
// end::freecodecamp[]

// tag::passport[]
const passportsOwn = app => {
  app.post('/logout', (request, response, next) => {
    request.logout(error => {
      if (error) return next(error);
      response.redirect('/');
    });
  });
};
// end::passport[]

// tag::first-rewrite[]
const firstRewrite = app => {
  app.post('/api/logout', (request, response) => {
    request.logout(error => {
      console.log(error);
    });
  });
};
// end::first-rewrite[]

// tag::clear-log-out[]
const clearThenLogOut = app => {
  app.post('/api/logout', (request, response) => {
    response.clearCookie(COOKIE);
    request.logout(error => {
      console.log(error);
      response.send();
    });
  });
};
// end::clear-log-out[]

// tag::article[]
const articlesAnswer = app => {
  app.post('/api/logout', (request, response) => {
    response.clearCookie(COOKIE);
    request.logout(error => {
      console.log(error);
      request.session.destroy(() => {
        response.send();
      });
    });
  });
};
// end::article[]

// tag::take-home[]
const takeHome = app => {
  app.post('/api/logout', (request, response, next) => {
    const { expires, ...options } = request.session.cookie.data;
    request.session.destroy(error => {
      if (error) return next(error);
      response.clearCookie(COOKIE, options);
      response.status(204).end();
    });
  });
};
// end::take-home[]

export const logouts = [
  {
    key: 'freecodecamp-0.4', tag: 'freecodecamp', passport: '0.4', classic: true, method: 'GET', route: freeCodeCamp,
    title: 'freeCodeCamp, Passport 0.4', effect: 'forgets the user, redirects',
  },
  {
    key: 'freecodecamp-0.7', tag: 'freecodecamp', passport: '0.7', classic: true, method: 'GET', route: freeCodeCamp,
    title: 'freeCodeCamp, Passport 0.7', effect: 'renews the session, where it takes a callback',
  },
  {
    key: 'passport', tag: 'passport', passport: '0.7', classic: true, method: 'POST', route: passportsOwn,
    title: 'Passport’s example', effect: 'renews the session, redirects',
  },
  {
    key: 'first-rewrite', tag: 'first-rewrite', passport: '0.7', classic: false, method: 'POST', route: firstRewrite,
    title: 'The article’s first rewrite', effect: 'renews the session, never replies',
  },
  {
    key: 'clear-log-out', tag: 'clear-log-out', passport: '0.7', classic: false, method: 'POST', route: clearThenLogOut,
    title: 'Clear, log out', effect: 'clears the cookie, renews the session',
  },
  {
    key: 'article', tag: 'article', passport: '0.7', classic: false, method: 'POST', route: articlesAnswer,
    title: 'The article’s answer', effect: 'clears the cookie, renews and destroys the session',
  },
  {
    key: 'take-home', tag: 'take-home', passport: '0.7', classic: false, method: 'POST', route: takeHome,
    title: 'The one to take home', effect: 'destroys the session, clears the cookie',
  },
];

// Other orders of the same calls, for the table in docs/from-express-to-spark.md.
export const variants = [
  { key: 'log-out-send', route: app => app.post('/api/logout', (request, response) =>
    request.logout(() => response.send())) },
  { key: 'log-out-clear', route: app => app.post('/api/logout', (request, response) =>
    request.logout(() => response.clearCookie(COOKIE).send())) },
  { key: 'destroy', route: app => app.post('/api/logout', (request, response) =>
    request.session.destroy(() => response.send())) },
  { key: 'clear', route: app => app.post('/api/logout', (request, response) =>
    response.clearCookie(COOKIE).send()) },
  { key: 'destroy-clear', route: app => app.post('/api/logout', (request, response) =>
    request.session.destroy(() => response.clearCookie(COOKIE).send())) },
  { key: 'take-home-cured', cure: refuseDestroyed, route: takeHome },
  { key: 'take-home-cured-briefly', cure: store => refuseDestroyed(store, 1), route: takeHome },
  { key: 'clear-log-out-0.4', passport: '0.4', route: app => app.post('/api/logout', (request, response) => {
    response.clearCookie(COOKIE);
    request.logout();
    response.send();
  }) },
].map(variant => ({ title: variant.key, effect: '', passport: '0.7', classic: false, method: 'POST', ...variant }));
