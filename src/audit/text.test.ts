import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../ports/store/index.ts';
import { csvOf, lineOf, momentText, readActor, readMoment } from './text.ts';

const entry: AuditEntry = {
  id: 3,
  at: Date.UTC(2026, 4, 1, 12),
  actor: { kind: 'user', id: 7 },
  action: 'device.taken',
  subject: 'device:1',
  hash: 'h'.repeat(43),
  previousHash: 'p'.repeat(43),
};

describe('a time', () => {
  it.each([
    ['2026-05-01', Date.UTC(2026, 4, 1)],
    ['2026-05-01T12:30Z', Date.UTC(2026, 4, 1, 12, 30)],
    ['2026-05-01T12:30:10.250+02:00', Date.UTC(2026, 4, 1, 10, 30, 10, 250)],
  ])('is read from %s', (text, at) => {
    expect(readMoment(text)).toBe(at);
  });

  it.each(['', 'yesterday', '2026', '2026-05', '2026-05-01T12:30', '2026-02-30', '2026-13-01', '1777636800000'])(
    'is not read from %j',
    (text) => {
      expect(readMoment(text)).toBeUndefined();
    },
  );

  it('is shown as a number if the entry is damaged and has no valid time', () => {
    expect([momentText(0), momentText(1e300)]).toEqual(['1970-01-01T00:00:00.000Z', '1e+300']);
  });
});

describe('an actor', () => {
  it.each([
    ['user:12', { kind: 'user', id: 12 }],
    ['application:a:b', { kind: 'application', id: 'a:b' }],
    ['command-line', { kind: 'command-line' }],
    ['platform', { kind: 'platform' }],
  ])('is read from %s', (text, actor) => {
    expect(readActor(text)).toEqual(actor);
  });

  it.each(['', 'user', 'user:', 'user:x', 'user:-1', 'platform:1', 'nobody'])('is not read from %j', (text) => {
    expect(readActor(text)).toBeUndefined();
  });
});

describe('a line', () => {
  it('has every field of the entry', () => {
    const fields = { from: '192.0.2.1', detail: { a: 1 }, before: { b: 1 }, after: { b: 2 } };
    expect(lineOf({ ...entry, ...fields })).toBe(
      '3  2026-05-01T12:00:00.000Z  user:7  device.taken  device:1  from 192.0.2.1  {"a":1}  before {"b":1}  after {"b":2}',
    );
  });

  it('escapes the characters that a terminal would execute', () => {
    const line = lineOf({ ...entry, subject: '\x1b[2J\r\n\x9b1m\u202e\u2028\ud800' });
    expect(line).toContain('device.taken  \\u{1b}[2J\\u{d}\\u{a}\\u{9b}1m\\u{202e}\\u{2028}\\u{d800}');
  });
});

describe('a line of CSV', () => {
  it('has every field in quotes', () => {
    expect(csvOf({ ...entry, detail: { a: 'x"y' } })).toBe(
      `"3","2026-05-01T12:00:00.000Z","user:7","device.taken","device:1","","{""a"":""x\\""y""}","","","${entry.previousHash}","${entry.hash}"\r\n`,
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])(
    'puts an apostrophe before %j, which a spreadsheet would evaluate',
    (subject) => {
      expect(csvOf({ ...entry, subject })).toContain(`,"'${subject}",`);
    },
  );
});
