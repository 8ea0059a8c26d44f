// A run through the steps, as the server does it: each step once, and for real.

import { ask as send } from './server.js';

/** A server that has not answered after this many milliseconds counts as not reached. */
const TIMEOUT = 30_000;

/** What went wrong, in a sentence to show; over: whether the server has forgotten the run. */
class Trouble extends Error {
  constructor(text, over = false) {
    super(text);
    this.over = over;
  }
}

async function ask(method, path, json) {
  const { status, body, error } = await send(method, path, json, TIMEOUT);
  if (status >= 200 && status < 300) return body;
  throw new Trouble(status === 0 ? 'The server does not answer. Is it still running?' : error, status === 404);
}

/** The logouts of a stack, 'spark' or 'express', and the steps. */
export const askStory = stack => ask('GET', `/api/story?stack=${stack}`);

/** A run of its own on every logout of a stack. */
export class Run {
  #stack;
  #name;
  #lines;
  #beginning = null;

  /** name: that of a run that has begun; lines: what its steps have shown, by their keys. */
  constructor(stack, name = null, lines = {}) {
    this.#stack = stack;
    this.#name = name;
    this.#lines = new Map(Object.entries(lines));
  }

  /** Goes on with a run that has begun. What it has shown is asked for: a page shows nothing that was not done. */
  static async resume(stack, name) {
    const { lines } = await ask('GET', `/api/run?run=${encodeURIComponent(name)}`);
    return new Run(stack, name, lines);
  }

  /** What the server calls it; null until it begins. */
  get name() {
    return this.#name;
  }

  /** What a step has shown, or nothing while it has not been done. */
  linesOf(step) {
    return this.#lines.get(step.key) ?? [];
  }

  /** Begins the run, unless that has happened already. */
  async begin() {
    if (this.#name !== null) return;
    this.#beginning ??= ask('POST', `/api/run?stack=${this.#stack}`).finally(() => { this.#beginning = null; });
    this.#name = (await this.#beginning).run;
  }

  /** Has a step of the run done, unless that has happened already. */
  async perform(step) {
    if (this.#lines.has(step.key)) return;
    const { lines } = await ask('POST', '/api/step', { run: this.#name, step: step.key });
    this.#lines.set(step.key, lines);
  }

  /** What was done to a logout in a step that has been done, as its app has recorded it. */
  async recorded(step, column) {
    return (await ask('GET', `/api/drawing?run=${this.#name}&step=${step.key}&column=${column}`)).recorded;
  }

  /** Lets its visitors leave the apps. Nothing waits for that. */
  end() {
    if (this.#name !== null) ask('POST', '/api/end', { run: this.#name }).catch(() => {});
  }
}
