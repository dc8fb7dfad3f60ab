/** Sends requests as fast as a subject responds, and throws if the responses would make the figure meaningless. */
import autocannon from 'autocannon';
import { settings } from './settings.ts';

export interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** The part that differs between requests: the body, or the Authorization header. */
  readonly varies: 'body' | 'authorization';
  /** Returns the next body or header. */
  readonly next: () => string;
  /** The number of different bodies or headers; then they repeat in the same order. */
  readonly different: number;
  /** Whether this JSON is the response to the request with this body or header. */
  readonly isResponseTo: (sent: string, response: Readonly<Record<string, unknown>>) => boolean;
}

export interface Measured {
  readonly perSecond: number;
  readonly responses: number;
  /** The different bodies or headers that were sent. */
  readonly sent: ReadonlySet<string>;
  /** How much of its core this process used, 0 to 1. Near 1 the load generator limits the figure. */
  readonly busy: number;
}

/**
 * Sends requests for this time, and measures the rate.
 * @throws {Error} a response was not 200, or fewer different requests were sent than the load says
 */
export async function measure(load: Load, seconds: number): Promise<Measured> {
  return send(load, seconds, { setupRequest: (request) => request });
}

/**
 * Sends requests and checks every response with `isResponseTo`, without measuring.
 * @throws {Error} as `measure`, or a response belongs to another request
 */
export async function check(load: Load, seconds: number): Promise<void> {
  let wrong = 0;
  await send(load, seconds, {
    setupRequest: (request, context, sent) => {
      context.sent = sent;
      return request;
    },
    onResponse: (status, body, { sent = '' }) => {
      if (status === 200 && !load.isResponseTo(sent, JSON.parse(body))) wrong += 1;
    },
  });
  if (wrong > 0)
    throw new Error(`${load.url}: ${wrong} responses belong to another request than the one that was sent`);
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
  const responses = requireSuccess(url, result);
  requireDifferent(load, sent.size, requests);
  const busy = (user + system) / 1000 / (performance.now() - start.time);
  return { perSecond: responses / result.duration, responses, sent, busy };
}

function withText({ varies }: Load, request: AutocannonRequest, text: string): AutocannonRequest & { body?: string } {
  return varies === 'body'
    ? { ...request, body: text }
    : { ...request, headers: { ...request.headers, authorization: text } };
}

/** Returns the number of responses. @throws {Error} one is not 200: errors are faster, and would raise the rate */
function requireSuccess(
  url: string,
  { errors, statusCodeStats }: { errors: number; statusCodeStats: Record<string, { count: number }> },
): number {
  const { 200: success, ...others } = statusCodeStats;
  const errorCounts = Object.entries(others).map(([status, { count }]) => `${count} responses ${status}`);
  if (success === undefined || errors > 0 || errorCounts.length > 0) {
    throw new Error(
      `${url}: ${[...errorCounts, `${errors} errors`].join(', ')} beside ${success?.count ?? 0} responses 200`,
    );
  }
  return success.count;
}

/** A repeated request may be served from a cache, and then the cache is measured. */
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
