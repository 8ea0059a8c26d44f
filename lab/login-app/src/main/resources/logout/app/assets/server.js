// How the page talks to its server.

/** A server that has not answered after this many milliseconds counts as not reached. */
const TIMEOUT = 10_000;

/**
 * Sends one request and waits for the whole reply. Never throws.
 * @returns {Promise<{status: number, body: object, error: string}>} status is 0 when no answer came;
 *   error is the server's own sentence, or for want of one its status line
 */
export async function ask(method, path, json, timeout = TIMEOUT) {
  try {
    const reply = await fetch(path, {
      method,
      headers: json && { 'Content-Type': 'application/json' },
      body: json && JSON.stringify(json),
      cache: 'no-store',
      // Whoever clicks "Log out" and closes the tab at once is logged out all the same.
      keepalive: path === '/api/logout',
      signal: AbortSignal.timeout(timeout),
    });
    const body = parse(await reply.text());
    return { status: reply.status, body, error: body.error ?? `${reply.status} ${reply.statusText}.` };
  } catch {
    return { status: 0, body: {}, error: '' };
  } finally {
    dispatchEvent(new Event('exchange')); // the lab panel looks at once
  }
}

/** What to tell the user about a reply that was not the hoped-for one. */
export function reason(reply) {
  return reply.status === 0
    ? 'The server was not reached: no answer came.'
    : `The server answered: “${reply.error}”`;
}

function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // an error page, or nothing at all
  }
}
