import { connect, createServer, type Socket } from 'node:net';

/**
 * Passes connections on to a port of this machine, and can go silent as a firewall does that forgets its connections.
 */
export interface TcpProxy {
  readonly port: number;
  /**
   * A connection that sends this text is broken, or goes silent, as soon as it was passed on: its effect is there, the
   * answer is not.
   */
  trap: { readonly text: string; readonly effect: 'break' | 'silence' } | undefined;
  /** From now on nothing is passed on, in either direction, on the connections there are. They stay open. */
  silence(): void;
  /** While true, new connections are as silent as the old ones. */
  isSilent: boolean;
  close(): void;
}

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
    // Read and thrown away: to the one who sends, all is well.
    socket.resume();
  }
}
