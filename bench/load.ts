/** Sends requests as fast as a subject answers them, and refuses to give a figure that means something else. */
import autocannon from 'autocannon';
import { settings } from './settings.ts';

export interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** What makes one request another one: its body, or its Authorization header. */
  readonly varies: 'body' | 'authorization';
  /** The next body or header. */
  readonly next: () => string;
  /** So many of them are different; after these they come again, in the same order. */
  readonly different: number;
  /** Whether this is the JSON that belongs to the request with this body or header. */
  readonly isAnswerTo: (sent: string, answer: Readonly<Record<string, unknown>>) => boolean;
}

export interface Measured {
  readonly perSecond: number;
  readonly answers: number;
  /** The bodies or headers that were sent. */
  readonly sent: ReadonlySet<string>;
  /** How much of its core this process needed to send them, 0 to 1. Near 1 the load is what limits the figure. */
  readonly busy: number;
}

/** @throws {Error} an answer was not 200, or fewer different requests were sent than the load says */
export async function measure(load: Load, seconds: number): Promise<Measured> {
  return send(load, seconds, { setupRequest: (request) => request });
}

/**
 * Reads every answer, which takes time; nothing is measured.
 * @throws {Error} as `measure`, or an answer was to another request
 */
export async function check(load: Load, seconds: number): Promise<void> {
  let wrong = 0;
  await send(load, seconds, {
    setupRequest: (request, context, sent) => {
      context.sent = sent;
      return request;
    },
    onResponse: (status, body, { sent = '' }) => {
      if (status === 200 && !load.isAnswerTo(sent, JSON.parse(body))) wrong += 1;
    },
  });
  if (wrong > 0) throw new Error(`${load.url}: ${wrong} answers belong to another request than the one that was sent`);
}

interface Context {
  sent?: string;
}

interface Hooks {
  readonly setupRequest: (request: AutocannonRequest, context: Context, sent: string) => AutocannonRequest;
  readonly onResponse?: (status: number, body: string, context: Context) => void;
}

interface AutocannonRequest {
  readonly headers: object;
}

async function send(load: Load, seconds: number, hooks: Hooks): Promise<Measured> {
  const { url, method, headers } = load;
  const sent = new Set<string>();
  let requests = 0;
  const setupRequest = (request: AutocannonRequest, context: Context) => {
    const text = load.next();
    sent.add(text);
    requests += 1;
    return hooks.setupRequest(withText(load, request, text), context, text);
  };
  const { onResponse } = hooks;
  const start = { time: performance.now(), cpu: process.cpuUsage() };
  const result = await autocannon({
    url,
    method,
    headers,
    connections: settings.connections,
    duration: seconds,
    requests: [onResponse === undefined ? { setupRequest } : { setupRequest, onResponse }],
  });
  const { user, system } = process.cpuUsage(start.cpu);
  const answers = requireGood(url, result);
  requireDifferent(load, sent.size, requests);
  const busy = (user + system) / 1000 / (performance.now() - start.time);
  return { perSecond: answers / result.duration, answers, sent, busy };
}

function withText({ varies }: Load, request: AutocannonRequest, text: string): AutocannonRequest & { body?: string } {
  return varies === 'body'
    ? { ...request, body: text }
    : { ...request, headers: { ...request.headers, authorization: text } };
}

/** A fast refusal is no result. Answers how many answers there were. */
function requireGood(
  url: string,
  { errors, statusCodeStats }: { errors: number; statusCodeStats: Record<string, { count: number }> },
): number {
  const { 200: good, ...others } = statusCodeStats;
  const refused = Object.entries(others).map(([status, { count }]) => `${count} answers ${status}`);
  if (good === undefined || errors > 0 || refused.length > 0) {
    throw new Error(`${url}: ${[...refused, `${errors} errors`].join(', ')} beside ${good?.count ?? 0} answers 200`);
  }
  return good.count;
}

/** What is sent again and again is remembered somewhere, and then something else is measured. */
function requireDifferent({ url, different }: Load, sent: number, requests: number): void {
  const expected = Math.min(requests, different);
  if (sent === expected) return;
  throw new Error(`${url}: ${sent} different requests among ${requests}, instead of ${expected}`);
}

export function basic({ id, secret }: { readonly id: string; readonly secret: string }): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

export function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}
