import { describe, expect, it } from 'vitest';
import { checkPassword } from './password.ts';

const email = 'anna.keller@club.example';

describe('a new password', () => {
  it.each([
    ['8 characters', 'rz8 kd0w'],
    ['256 characters', 'ab3'.repeat(100).slice(0, 256)],
    ['256 characters outside the basic plane', '🦊🐻🐼'.repeat(100).match(/./gu)?.slice(0, 256).join('') ?? ''],
    ['spaces at its ends', '  lange Wanderung  '],
    ['any script', 'пароль здесь'],
  ])('with %s is accepted', (_what, password) => {
    expect(checkPassword(password, { email })).toEqual([]);
  });

  it.each([
    ['', ['too_short']],
    ['rz8 kd0', ['too_short']],
    ['🦊🐻🐼🐨', ['too_short']],
    ['ab3'.repeat(100), ['too_long']],
    ['password', ['common']],
    ['PassWord123', ['common']],
    ['aaaaaaaaaa', ['common']],
    ['abababababab', ['common']],
    ['Insiders123', ['common']],
    ['anna.keller@club.example', ['same_as_email']],
    ['Anna.Keller', ['same_as_email']],
    ['with\0 a NUL', ['unsupported_character']],
    ['half \ud800 a pair', ['unsupported_character']],
  ])('%j is refused: %j', (password, problems) => {
    expect(checkPassword(password, { email })).toEqual(problems);
  });
});
