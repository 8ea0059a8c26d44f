// A run through the steps, as the server does it: each step once, and for real.

/** A server that has not answered after this many milliseconds counts as not reached. */
const TIMEOUT = 30_000;

/** What went wrong, in a sentence to show; over: whether the server has forgotten the run. */
class Trouble extends Error {
  constructor(text, over = false) {
    super(text);
    this.over = over;
  }
}

async function ask(path, options) {
  let reply;
  try {
    reply = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT), ...options });
  } catch {
    throw new Trouble('The server does not answer. Is it still running?');
  }
  const answer = await reply.json().catch(() => null);
  if (reply.ok && answer !== null) return answer;
  throw new Trouble(answer?.error ?? `The server answered ${reply.status}.`, reply.status === 404);
}

const post = (path, body) => ask(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

/** The logouts of a stack, 'spark' or 'express', and the steps. */
export const askStory = stack => ask(`/api/story?stack=${stack}`);

// A tab remembers its runs, so that one that a reload has given up can be ended. A browser that keeps nothing for this
// site throws; then its visitors stay until their sessions run out.
const remembered = {
  read(stack) { try { return sessionStorage.getItem(`run on ${stack}`); } catch { return null; } },
  write(stack, name) { try { sessionStorage.setItem(`run on ${stack}`, name); } catch { /* see above */ } },
};

/** Ends the run on a stack that this tab began last: its visitors leave the apps. Nothing waits for it. */
export function endLastRun(stack) {
  const run = remembered.read(stack);
  if (run) post('/api/end', { run }).catch(() => {});
}

/** A run of its own on every logout of a stack; it begins with its first step. */
export class Run {
  #stack;
  #name = null;
  #lines = new Map();

  constructor(stack) {
    this.#stack = stack;
  }

  /** What a step has shown, or nothing while it has not been done. */
  linesOf(step) {
    return this.#lines.get(step.key) ?? [];
  }

  /** Has a step done, unless that has happened already. */
  async perform(step) {
    if (this.#lines.has(step.key)) return;
    const { lines } = await post('/api/step', { run: await this.#begun(), step: step.key });
    this.#lines.set(step.key, lines);
  }

  /** What was done to a logout in a step that has been done, as its app has recorded it. */
  async recorded(step, column) {
    return (await ask(`/api/drawing?run=${await this.#begun()}&step=${step.key}&column=${column}`)).recorded;
  }

  #begun() {
    this.#name ??= ask(`/api/run?stack=${this.#stack}`, { method: 'POST' }).then(({ run }) => {
      remembered.write(this.#stack, run);
      return run;
    }, problem => {
      this.#name = null;
      throw problem;
    });
    return this.#name;
  }
}
