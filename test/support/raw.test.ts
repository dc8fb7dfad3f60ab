import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { freePort } from './ports.ts';
import { openRaw } from './raw.ts';
import { listenOn } from './servers.ts';

describe('a connection that is left open', () => {
  it('fails where nobody listens', { timeout: 5000 }, async () => {
    await expect(openRaw(`http://127.0.0.1:${await freePort()}`)).rejects.toThrow(/does not take connections/);
  });

  it('fails to say what it can no longer say', { timeout: 5000 }, async () => {
    const { url, close } = await listenOn(createServer());
    const connection = await openRaw(url);
    const said = expect(connection.says(/hello/)).rejects.toThrow(/was closed before/);
    await close();
    await said;
  });
});
