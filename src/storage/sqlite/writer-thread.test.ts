import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../ports/store/index.ts';
import { writerThread } from './writer-thread.ts';

/** A thread that echoes its arguments, but ends without an answer when it is asked to `die`. */
const mortal = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ kind, requests = [] }) => {
    if (kind === 'close' || requests.some(({ name }) => name === 'die')) process.exit();
    parentPort.postMessage({
      kind: 'answers',
      answers: requests.map(({ id, args }) => ({ id, outcome: 'done', result: args })),
    });
  });
  parentPort.postMessage({ kind: 'ready', migrated: ['a'] });
`;

/** A thread that can't open its database. */
const unusable = `
  import { parentPort } from 'node:worker_threads';
  parentPort.postMessage({ kind: 'unusable', unavailable: true, message: 'disk is gone' });
`;

const threadOf = (source: string) =>
  writerThread('nowhere', new URL(`data:text/javascript,${encodeURIComponent(source)}`));

describe('the thread that writes', () => {
  it('answers each transaction', async () => {
    const thread = threadOf(mortal);
    expect(await thread.start()).toEqual(['a']);
    expect(await Promise.all([thread.perform('echo', 1), thread.perform('echo', 2)])).toEqual([1, 2]);
    await thread.close();
  });

  it('makes the store unavailable to all who wait when it dies, and is replaced by a new one', async () => {
    const thread = threadOf(mortal);
    await thread.start();
    const asked = await Promise.allSettled([thread.perform('die', 1), thread.perform('echo', 2)]);
    for (const answer of asked) expect(answer).toMatchObject({ reason: expect.any(StoreUnavailable) });
    expect(await thread.perform('echo', 3)).toBe(3);
    await thread.close();
  });

  it('says why it can not start', async () => {
    const thread = threadOf(unusable);
    await expect(thread.start()).rejects.toThrow('disk is gone');
    await expect(thread.perform('echo', 1)).rejects.toThrow(StoreUnavailable);
    await thread.close();
  });
});
