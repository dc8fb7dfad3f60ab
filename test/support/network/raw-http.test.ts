import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { listenOn } from '../processes/listen.ts';
import { freePort } from '../processes/ports.ts';
import { openRaw } from './raw-http.ts';

describe('an open connection', () => {
  it('is rejected if no server listens', { timeout: 5000 }, async () => {
    await expect(openRaw(`http://127.0.0.1:${await freePort()}`)).rejects.toThrow(/does not take connections/);
  });

  it('rejects waiting for text after the connection is closed', { timeout: 5000 }, async () => {
    const { url, close } = await listenOn(createServer());
    const connection = await openRaw(url);
    const said = expect(connection.says(/hello/)).rejects.toThrow(/was closed before/);
    await close();
    await said;
  });
});
