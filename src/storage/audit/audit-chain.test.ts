import { describe, expect, it } from 'vitest';
import { type StoredEntry, verifyChain } from './audit-chain.ts';
import { entryHash, genesisHash, type StoredEvent } from './audit-hash.ts';

function chainOf(length: number): StoredEntry[] {
  const entries: StoredEntry[] = [];
  for (let id = 1; id <= length; id += 1) {
    const event = eventOf(`user:${id}`);
    const previous = entries.at(-1)?.hash ?? genesisHash;
    entries.push({ ...event, id, previous_hash: previous, hash: entryHash(previous, event), key: null, mac: null });
  }
  return entries;
}

function eventOf(subject: string): StoredEvent {
  const none = { address: null, detail: null, before: null, after: null };
  return { at: 5, actor_kind: 'platform', actor_id: null, action: 'user.created', subject, ...none };
}

const five = chainOf(5);
const [first, second, third, fourth, fifth] = five as [StoredEntry, StoredEntry, StoredEntry, StoredEntry, StoredEntry];

describe('a chain', () => {
  it('is sound as it was appended, checked as a whole or from a later entry on', () => {
    expect(verifyChain(five, genesisHash)).toEqual({ sound: 5, head: fifth.hash });
    expect(verifyChain([third, fourth], second.hash)).toEqual({ sound: 2, head: fourth.hash });
  });

  it('is sound without any entry', () => {
    expect(verifyChain([], genesisHash)).toEqual({ sound: 0, head: genesisHash });
  });

  it.each<[string, StoredEntry[], number, string]>([
    ['a changed field', [first, { ...second, subject: 'user:9' }, third], 2, 'changed'],
    ['a changed hash', [first, { ...second, hash: genesisHash }, third], 2, 'changed'],
    ['a changed link', [first, { ...second, previous_hash: genesisHash.replace('A', 'B') }, third], 2, 'changed'],
    ['a missing first entry', [second, third], 2, 'missing'],
    ['a missing entry', [first, third, fourth], 3, 'missing'],
    ['entries that changed places', [first, third, second, fourth], 3, 'reordered'],
    ['an entry that moved to the end', [first, third, fourth, second], 3, 'reordered'],
    ['an entry that has the place of another one', [first, forged(first), second], 2, 'inserted'],
    ['an entry that follows nothing', [first, forged(fifth), second], 9, 'inserted'],
    ['an entry twice', [first, second, { ...second, id: 9 }, third], 9, 'inserted'],
  ])('finds %s', (_, entries, id, reason) => {
    expect(verifyChain(entries, genesisHash).broken).toEqual({ id, reason });
  });

  it('reports how many entries are sound', () => {
    expect(verifyChain([first, second, fourth], genesisHash)).toMatchObject({ sound: 2, head: second.hash });
  });

  it('reports a column of the wrong type as changed', () => {
    const blob = { ...second, detail: new Uint8Array([1, 2]) as unknown as string };
    expect(verifyChain([first, blob], genesisHash).broken).toEqual({ id: 2, reason: 'changed' });
  });
});

/** An entry with a valid hash that follows `previous`. */
function forged(previous: StoredEntry): StoredEntry {
  const event = eventOf('user:666');
  const hash = entryHash(previous.hash, event);
  return { ...event, id: 9, previous_hash: previous.hash, hash, key: null, mac: null };
}
