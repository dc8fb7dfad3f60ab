import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../ports/store/index.ts';
import { writerThread } from './writer-thread.ts';

/** A thread that returns the arguments of each request, but exits on the request `exit`. */
const echoing = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ kind, requests = [] }) => {
    if (kind === 'close' || requests.some(({ name }) => name === 'exit')) process.exit();
    parentPort.postMessage({
      kind: 'results',
      results: requests.map(({ id, args }) => ({ id, outcome: 'done', result: args })),
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

describe('the writer thread', () => {
  it('returns the result of each transaction', async () => {
    const thread = threadOf(echoing);
    expect(await thread.start()).toEqual(['a']);
    expect(await Promise.all([thread.perform('echo', 1), thread.perform('echo', 2)])).toEqual([1, 2]);
    await thread.close();
  });

  it('rejects all pending transactions when it ends, and the next one starts a new thread', async () => {
    const thread = threadOf(echoing);
    await thread.start();
    const results = await Promise.allSettled([thread.perform('exit', 1), thread.perform('echo', 2)]);
    for (const result of results) expect(result).toMatchObject({ reason: expect.any(StoreUnavailable) });
    expect(await thread.perform('echo', 3)).toBe(3);
    await thread.close();
  });

  it('rejects with the reason why the database can not be opened', async () => {
    const thread = threadOf(unusable);
    await expect(thread.start()).rejects.toThrow('disk is gone');
    await expect(thread.perform('echo', 1)).rejects.toThrow(StoreUnavailable);
    await thread.close();
  });
});
