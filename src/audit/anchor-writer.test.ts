import { beforeEach, describe, expect, it } from 'vitest';
import { AuditAnchorWriter } from './anchor-writer.ts';

const hash = 'h'.repeat(43);

describe('the head of the audit log', () => {
  let head: { id: number; hash: string } | undefined;
  let isFull: boolean;
  let logged: string[];
  let appended: string[];
  let writer: AuditAnchorWriter;

  beforeEach(() => {
    head = { id: 1, hash };
    isFull = false;
    logged = [];
    appended = [];
    const append = (line: string) => {
      if (isFull) throw new Error('ENOSPC');
      appended.push(line);
    };
    const clock = { now: () => Date.UTC(2026, 4, 1) };
    writer = new AuditAnchorWriter({ head: async () => head }, clock, { log: (text) => logged.push(text), append });
  });

  it('is written once, until it changes', async () => {
    await writer.write();
    await writer.write();
    head = { id: 2, hash };
    await writer.write();
    expect(logged).toEqual([`1:${hash}`, `2:${hash}`]);
    expect(appended).toEqual([`2026-05-01T00:00:00.000Z 1:${hash}`, `2026-05-01T00:00:00.000Z 2:${hash}`]);
  });

  it('is not written while the log is empty', async () => {
    head = undefined;
    await writer.write();
    expect([logged, appended]).toEqual([[], []]);
  });

  it('is appended later to a file that could not be written, and logged once', async () => {
    isFull = true;
    await expect(writer.write()).rejects.toThrow('ENOSPC');
    isFull = false;
    await writer.write();
    expect([logged.length, appended.length]).toEqual([1, 1]);
  });
});
