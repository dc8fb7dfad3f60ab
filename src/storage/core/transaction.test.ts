import { describe, expect, it } from 'vitest';
import { transaction, transactions } from './transaction.ts';

const recording = { unrecorded: 'A test' };

describe('a transaction', () => {
  it('is found by its name', () => {
    const defined = transaction('test.defined', recording, async () => 1);
    expect(transactions.get('test.defined')).toBe(defined);
    expect([defined.transactionName, defined.recording]).toEqual(['test.defined', recording]);
  });

  it('is refused if another transaction has its name', () => {
    const first = transaction('test.twice', recording, async () => 1);
    expect(() => transaction('test.twice', recording, async () => 2)).toThrow('two transactions test.twice');
    expect(transactions.get('test.twice')).toBe(first);
  });
});
