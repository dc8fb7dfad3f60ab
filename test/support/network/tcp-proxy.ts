/** A TCP proxy that simulates broken and silent connections. */
import { connect, createServer, type Socket } from 'node:net';

/** Forwards connections to a local port. It can become silent, as a firewall that has dropped its connections. */
export interface TcpProxy {
  readonly port: number;
  /**
   * The next connection that sends this text breaks or becomes silent after the text was forwarded: the request takes
   * effect, but the client gets no response.
   */
  trap: { readonly text: string; readonly effect: 'break' | 'silence' } | undefined;
  /** Stops forwarding on all existing connections, in both directions. They stay open. */
  silence(): void;
  /** While true, new connections are accepted but not forwarded. */
  isSilent: boolean;
  close(): void;
}

/** Starts a proxy to a local port. The test closes it. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((inner) => {
    const outer = connect(target, '127.0.0.1');
    const pair = [inner, outer] as const;
    pairs.add(pair);
    for (const [one, other] of [pair, pair.toReversed() as unknown as typeof pair]) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
    if (proxy.isSilent) return;
    inner.on('data', (data) => {
      if (proxy.trap === undefined || !data.includes(proxy.trap.text)) return;
      silence(pair);
      outer.write(data);
      if (proxy.trap.effect === 'break') inner.destroy();
      proxy.trap = undefined;
    });
    inner.pipe(outer);
    outer.pipe(inner);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const proxy: TcpProxy = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    trap: undefined,
    isSilent: false,
    silence: () => pairs.forEach(silence),
    close() {
      for (const [inner, outer] of pairs) {
        inner.destroy();
        outer.destroy();
      }
      server.close();
    },
  };
  return proxy;
}

function silence(pair: readonly [Socket, Socket]): void {
  for (const socket of pair) {
    socket.unpipe();
    socket.removeAllListeners('close');
    // Data is read and discarded, so that the sender notices nothing.
    socket.resume();
  }
}
