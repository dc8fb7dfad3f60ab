/** A reverse proxy in front of several servers, for rolling restarts. */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listenOn } from '../processes/listen.ts';

/** A proxy in front of several nodes. */
export interface RoundRobin {
  readonly url: string;
  /** Whether it currently sends requests to this node. */
  sendsTo(node: string): boolean;
  close(): Promise<void>;
}

const checkEveryMs = 50;

/**
 * Starts a proxy that sends requests in turn to the nodes whose last `/readyz` was 200. It reuses connections and does
 * not retry: if a node does not respond, it responds with 502.
 */
export async function roundRobin(nodes: readonly string[]): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  const check = async (node: string) => {
    const { ok } = await fetch(`${node}/readyz`).catch(() => ({ ok: false }));
    if (ok) ready.add(node);
    else ready.delete(node);
  };
  await Promise.all(nodes.map(check));
  const timer = setInterval(() => nodes.map(check), checkEveryMs);
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    turn += 1;
    const node = [...ready][turn % ready.size];
    if (node === undefined) outgoing.writeHead(502).end('No node is ready');
    else forward(node, agent, incoming, outgoing);
  });
  const { url, close } = await listenOn(server);
  return {
    url,
    sendsTo: (node) => ready.has(node),
    close: async () => {
      clearInterval(timer);
      agent.destroy();
      await close();
    },
  };
}

function forward(node: string, agent: Agent, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request(`${node}${url}`, { method, headers, agent }, (response) => {
    const { connection: _, ...rest } = response.headers;
    outgoing.writeHead(response.statusCode ?? 502, rest);
    response.pipe(outgoing);
  });
  onward.once('error', (error) => outgoing.writeHead(502).end(error.message));
  incoming.pipe(onward);
}
