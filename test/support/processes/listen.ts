/** HTTP servers of tests. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterFile } from './cleanup.ts';

/** A listening server of a test. */
export interface Listening {
  readonly port: number;
  readonly url: string;
  /** Closes the server and all its connections, even those with a pending request. */
  close(): Promise<void>;
}

/** Listens on a free port. The server is closed after the last test of the file at the latest. */
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
