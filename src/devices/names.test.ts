import { describe, expect, it } from 'vitest';
import { isSerialNumber, normaliseDeviceName, readCustomName } from './names.ts';

describe('a serial number', () => {
  it.each(['012345', 'A-1', 'x'.repeat(40)])('%j is valid', (text) => expect(isSerialNumber(text)).toBe(true));
  it.each(['', 'x'.repeat(41), '01 2345', '012345\n', '٣٤', 'a_b'])('%j is invalid', (text) =>
    expect(isSerialNumber(text)).toBe(false),
  );
});

describe('a device name', () => {
  it('is stored in lower case', () => expect(normaliseDeviceName('A1B2C3D4E5F8')).toBe('a1b2c3d4e5f8'));
  it.each(['', 'a1b2c3d4e5f', 'a1b2c3d4e5f89', 'g1b2c3d4e5f8', 'a1b2c3d4e5f8\n'])('%j is invalid', (text) =>
    expect(normaliseDeviceName(text)).toBeNull(),
  );
});

describe('a custom name', () => {
  it.each([
    ['Goalkeeper', 'Goalkeeper'],
    ['  Tor  ', 'Tor'],
    ['', ''],
    ['Mu\u0308ller', 'M\u00fcller'],
    ['🦊'.repeat(100), '🦊'.repeat(100)],
  ])('%j is stored as %j', (text, customName) => expect(readCustomName(text)).toEqual({ customName }));

  it.each([
    ['x'.repeat(101), 'too_long'],
    ['🦊'.repeat(101), 'too_long'],
    ['two\nlines', 'unsupported_character'],
    ['NUL\0', 'unsupported_character'],
    ['turned \u202e around', 'unsupported_character'],
    ['half \ud800 a pair', 'unsupported_character'],
  ])('%j is refused: %s', (text, problem) => expect(readCustomName(text)).toEqual({ problem }));
});
