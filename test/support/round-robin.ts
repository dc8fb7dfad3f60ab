import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listenOn } from './servers.ts';

/** A proxy in front of several nodes. */
export interface RoundRobin {
  readonly url: string;
  /** Whether it sends requests to this node now. */
  sendsTo(node: string): boolean;
  close(): Promise<void>;
}

const lookEveryMs = 50;

/**
 * Sends requests in turn to those nodes whose `/readyz` was 200 when it was looked at last. It keeps connections, and
 * tries nothing twice: where a node fails to respond, it responds with 502.
 */
export async function roundRobin(nodes: readonly string[]): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  const look = async (node: string) => {
    const { ok } = await fetch(`${node}/readyz`).catch(() => ({ ok: false }));
    if (ok) ready.add(node);
    else ready.delete(node);
  };
  await Promise.all(nodes.map(look));
  const looking = setInterval(() => nodes.map(look), lookEveryMs);
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    turn += 1;
    const node = [...ready][turn % ready.size];
    if (node === undefined) outgoing.writeHead(502).end('No node is ready');
    else passOn(node, agent, incoming, outgoing);
  });
  const { url, close } = await listenOn(server);
  return {
    url,
    sendsTo: (node) => ready.has(node),
    close: async () => {
      clearInterval(looking);
      agent.destroy();
      await close();
    },
  };
}

function passOn(node: string, agent: Agent, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request(`${node}${url}`, { method, headers, agent }, (answer) => {
    const { connection: _, ...rest } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, rest);
    answer.pipe(outgoing);
  });
  onward.once('error', (error) => outgoing.writeHead(502).end(error.message));
  incoming.pipe(onward);
}
