import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port that nobody listens on, for a program that is told its port. It is below the ephemeral ports (32768 and up on
 * Linux): otherwise a connection or another server of the tests could take it before the program does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    // Starts above 10080, which browsers and fetch refuse to call.
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
