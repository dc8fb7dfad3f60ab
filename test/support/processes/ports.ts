/** Ports for programs that tests start. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A free port for a program that gets its port as an argument. It is below the ephemeral ports (32768 and up on Linux),
 * so that no outgoing connection and no server on port 0 takes it before the program does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    // Above 10080, which browsers and fetch block.
    const port = randomInt(10_100, 32_768);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((found) => {
    const server = createServer().once('error', () => found(false));
    server.listen(port, '127.0.0.1', () => server.close(() => found(true)));
  });
}
