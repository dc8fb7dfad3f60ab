import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterFile } from './cleanup.ts';

/** A server of a test, which listens. */
export interface Listening {
  readonly port: number;
  readonly url: string;
  /** Closes the server and all its connections, those with a request under way too. */
  close(): Promise<void>;
}

/** Listens on a port that the system chooses. The server is closed after the last test of the file at the latest. */
export async function listenOn(server: Server, address = '127.0.0.1'): Promise<Listening> {
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const closed = once(server, 'close');
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await closed;
  };
  afterFile(close);
  return { port, url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`, close };
}
